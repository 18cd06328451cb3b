import * as v from 'valibot';
import type { FieldError } from '../inventory/reasons.ts';

/*
 * Answers of runners as JSON, in a file for each account. They contain no secrets: decoding has dropped those. Nor do they
 * contain how to sign in.
 */

const time = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
  v.transform((text) => new Date(text)),
);

const about = {
  /** `refKey` of the integration. */
  key: v.string(),
  /** `askedAbout` it. */
  about: v.string(),
  at: time,
  changedSince: v.exactOptional(time),
};

const FIELDS: readonly unknown[] = ['scmId', 'host', 'oauth', 'pat'] satisfies FieldError['field'][];

// Valibot belongs to what start-up loads: only what is used there anyway is used here.
const ANSWER = v.union([
  v.object({
    kind: v.literal('access'),
    ...about,
    result: v.object({
      signedIn: v.boolean(),
      wasSignedIn: v.boolean(),
      onRecord: v.exactOptional(listOf(v.string())),
    }),
  }),
  v.object({
    kind: v.literal('validation'),
    ...about,
    result: v.object({
      valid: v.boolean(),
      errors: listOf(
        v.object({
          field: v.custom<FieldError['field']>((field) => FIELDS.includes(field)),
          text: v.string(),
        }),
      ),
    }),
  }),
]);

function listOf<T>(item: v.GenericSchema<unknown, T>) {
  return v.pipe(
    v.array(item),
    v.transform((items): readonly T[] => items),
  );
}

/** An answer about an integration, for the next window. */
export type KeptAnswer = Readonly<v.InferOutput<typeof ANSWER>>;

/** The account that answers belong to, and the owner of its key: an answer is about that one. */
export interface AnswersOwner {
  readonly origin: string;
  readonly organizationId: string;
  readonly subjectId: string;
}

/** Raise this if the format changes, or if less may be in a file than before. */
const VERSION = 1;

const FILE = v.object({
  version: v.literal(VERSION),
  origin: v.string(),
  organizationId: v.string(),
  subjectId: v.string(),
  answers: v.array(ANSWER),
});

/** @returns undefined if the text is damaged, or was not written by this version for this owner */
export function readAnswers(content: string, owner: AnswersOwner): readonly KeptAnswer[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return undefined;
  }
  const { success, output } = v.safeParse(FILE, json);
  return success &&
    output.origin === owner.origin &&
    output.organizationId === owner.organizationId &&
    output.subjectId === owner.subjectId
    ? output.answers
    : undefined;
}

export function answersText(
  { origin, organizationId, subjectId }: AnswersOwner,
  answers: readonly KeptAnswer[],
): string {
  return JSON.stringify({ version: VERSION, origin, organizationId, subjectId, answers });
}
