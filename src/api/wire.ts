import * as v from 'valibot';
import type { DecodedPage } from './call.ts';
import type { Description } from './described.ts';

/*
 * Building blocks of decoders for protobuf JSON as the API sends it. They restore defaults that the API omits, and keep
 * unknown enum values. Decoded values are frozen, because all views and other extensions share them.
 */

/** A schema for a value that the API sends. */
export type Decoder<T> = v.GenericSchema<unknown, T>;

export const text = v.nullish(v.string(), '');

export const flag = v.nullish(v.boolean(), false);

export const number = v.nullish(v.pipe(v.number(), v.finite()), 0);

/**
 * An enum value as its name, or as the number that the API sends if its own encoder does not know the value.
 *
 * @param prefix of the enum's names, e.g. `RUNNER_PHASE`
 */
export function enumName(prefix: string) {
  return v.pipe(
    v.nullish(v.union([v.string(), v.number()]), `${prefix}_UNSPECIFIED`),
    v.transform((value) => (value === 0 || value === '' ? `${prefix}_UNSPECIFIED` : String(value))),
  );
}

/** A secret. Keeps only whether it is set. */
export const secretSet = v.pipe(
  v.optional(v.unknown(), null),
  v.transform((value) => value !== null && value !== ''),
);

/** A list of scalars or messages. In an item of a list call, entries that cannot be read are dropped from it. */
export function list<T>(entry: Decoder<T>) {
  const decoder = v.pipe(
    v.nullish(v.array(entry), []),
    v.transform((entries): readonly T[] => Object.freeze(entries)),
  );
  return Object.assign(decoder, { entry });
}

/** A message: an object other than a list, which `v.object` alone would accept as an object without fields. */
export function message<T extends v.ObjectEntries>(entries: T) {
  return v.pipe(
    v.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
    v.object(entries),
    v.transform((fields) => Object.freeze(fields)),
  );
}

/** A message that is decoded from `{}` if the API omits it. */
export function messageOrDefault<T extends v.ObjectEntries>(entries: T) {
  return v.nullish(message(entries), {} as never);
}

/**
 * A complete response. If it has fields, but none of the expected ones, it is not from the API, e.g. a proxy's
 * `{"error":"login required"}`, and must not look like an empty list.
 */
export function answer<T extends v.ObjectEntries>(entries: T) {
  return v.pipe(
    v.unknown(),
    v.check((value) => {
      const keys = Object.keys(value as object);
      return keys.length === 0 || keys.some((key) => Object.hasOwn(entries, key));
    }),
    message(entries),
  );
}

const nextToken = v.pipe(
  message({ pagination: messageOrDefault({ nextToken: text }) }),
  v.transform(({ pagination }) => pagination.nextToken || undefined),
);

/**
 * The response to a list call: one page. Its items count even if its token cannot be read.
 *
 * @param name of the field that contains the items
 */
export function pageOf<T>(name: string, { decoder }: Description<T>): Decoder<DecodedPage<T>> {
  return v.pipe(
    answer({ [name]: v.nullish(v.array(v.unknown()), []), pagination: v.optional(v.unknown()) }),
    v.transform(({ [name]: items, pagination }) => {
      const token = decode(nextToken, { pagination });
      return {
        ...decodeItems(items as readonly unknown[], decoder),
        nextToken: token.value,
        fault: token.fault,
      };
    }),
  );
}

/**
 * The response to a call for one item of such a list.
 *
 * @param absent what to decode if the API omits it; if there is no such default, it is an error
 */
export function itemOf<T>(
  name: string,
  { decoder }: Description<T>,
  absent?: object,
): Decoder<DecodedPage<T>> {
  return v.pipe(
    answer({ [name]: v.nullish(v.unknown(), absent) }),
    v.transform((fields) => ({ ...decodeItems([fields[name]], decoder), nextToken: undefined })),
  );
}

/** Decodes items one by one, so that a malformed one does not hide the others. */
function decodeItems<T>(sent: readonly unknown[], decoder: Decoder<T>): Omit<DecodedPage<T>, 'nextToken'> {
  const items: T[] = [];
  const rejected: unknown[] = [];
  for (const item of sent) {
    const { value, fault } = decode(decoder, item);
    if (fault === undefined) {
      items.push(value);
    } else {
      rejected.push(item);
    }
  }
  return { items, rejected };
}

/**
 * The response to a call for one value.
 *
 * @param name of the field that contains it
 */
export function valueOf<T>(name: string, value: Decoder<T>): Decoder<T> {
  return v.pipe(
    answer({ [name]: value }),
    v.transform((fields) => fields[name] as T),
  );
}

/** What is wrong with a value. Made from names and types only: a valibot message quotes the value, which may be a secret. */
export interface Fault {
  /** Separated by dots; empty if the value itself has the wrong type. */
  readonly path: string;
  /** The expected type. */
  readonly expected: string;
}

/** Decodes a value; stops at the first fault. */
export function decode<T>(
  decoder: Decoder<T>,
  sent: unknown,
): { readonly value: T; readonly fault: undefined } | { readonly value: undefined; readonly fault: Fault } {
  const decoded = v.safeParse(decoder, sent, { abortEarly: true });
  if (decoded.success) {
    return { value: decoded.output, fault: undefined };
  }
  const [issue] = decoded.issues;
  // The check of `message` has no name for what it expects.
  const expected = issue.expected === 'unknown' ? 'an object' : (issue.expected ?? 'as expected');
  return { value: undefined, fault: { path: v.getDotPath(issue) ?? '', expected } };
}
