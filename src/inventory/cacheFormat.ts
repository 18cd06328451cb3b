import * as v from 'valibot';
import { RUNNER } from '../api/runners.ts';
import { SCM_INTEGRATION } from '../api/scmIntegrations.ts';
import type { Decoder } from '../api/wire.ts';
import { inSlices } from '../base/slices.ts';
import type { CompleteData } from './model.ts';

/*
 * Runners and integrations as JSON, one per line, below a header that counts them. They can thus be written and read in
 * steps, and a truncated file is noticed. They contain no secrets: decoding has dropped those.
 */

/**
 * Raise this if the format of the lines changes, or if less may be in them than before: the first version kept
 * credentials in URLs. Changed fields of an item are noticed without it.
 */
export const CACHE_VERSION = 2;

/** Number of rows written or read between two pauses. */
export const CACHE_STEP = 250;

/** The organization that cached data belong to. */
export interface CacheKey {
  readonly origin: string;
  readonly organizationId: string;
}

/** The file was not written by this version for this organization, or is damaged. */
class UnreadableCacheError extends Error {
  override readonly name = 'UnreadableCacheError';
}

const leftOutItems = v.array(
  v.object({
    fault: v.string(),
    id: v.exactOptional(v.string()),
    runnerId: v.exactOptional(v.string()),
    key: v.string(),
  }),
);

const isoTime = v.pipe(
  v.string(),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);

const count = v.pipe(
  v.number(),
  v.check((value) => Number.isSafeInteger(value) && value >= 0),
);

const header = v.object({
  version: v.literal(CACHE_VERSION),
  origin: v.string(),
  organizationId: v.string(),
  asOf: isoTime,
  /** Earlier versions did not write it. */
  sequence: v.exactOptional(v.number()),
  runners: count,
  integrations: count,
  /** Earlier versions did not write it, because they left nothing out. */
  leftOut: v.exactOptional(v.object({ runners: leftOutItems, integrations: leftOutItems, asOf: isoTime })),
});

/**
 * Parses rows.
 *
 * @returns the rows, or why they cannot be read
 */
export async function readRows(content: string, owner: CacheKey): Promise<CompleteData | string> {
  try {
    return await inSlices(readSteps(content, owner));
  } catch (error) {
    if (error instanceof UnreadableCacheError) {
      return error.message;
    }
    throw error;
  }
}

/**
 * Parses rows, in steps.
 *
 * @returns frozen rows, as the decoders return
 * @throws UnreadableCacheError, whose message quotes nothing from the text
 */
export function* readSteps(
  content: string,
  { origin, organizationId }: CacheKey,
): Generator<void, CompleteData, undefined> {
  let start = 0;
  let lines = 0;
  const next = (): string => {
    const end = content.indexOf('\n', start);
    const line = content.slice(start, end === -1 ? content.length : end);
    start = end === -1 ? content.length : end + 1;
    lines++;
    return line;
  };
  const parse = (line: string): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      throw new UnreadableCacheError(`line ${lines} is not JSON`);
    }
  };
  const head = parse(next());
  if (!v.is(header, head)) {
    throw new UnreadableCacheError('the header was not written by this version');
  }
  if (head.origin !== origin || head.organizationId !== organizationId) {
    throw new UnreadableCacheError('it belongs to another organization');
  }
  function* list<T>(schema: Decoder<T>, length: number): Generator<void, readonly T[], undefined> {
    const items: T[] = [];
    while (items.length < length) {
      const line = next();
      const item = v.safeParse(schema, parse(line), { abortEarly: true });
      // A line that this build would write differently is from a build with other fields, or is damaged.
      if (!item.success || JSON.stringify(item.output) !== line) {
        throw new UnreadableCacheError(`line ${lines} was not written by this version`);
      }
      if (items.push(item.output) % CACHE_STEP === 0) {
        yield;
      }
    }
    return Object.freeze(items);
  }
  const runners = yield* list(RUNNER.schema, head.runners);
  const integrations = yield* list(SCM_INTEGRATION.schema, head.integrations);
  const leftOut = head.leftOut && Object.freeze({ ...head.leftOut, asOf: new Date(head.leftOut.asOf) });
  return {
    data: Object.freeze({ runners, integrations, ...(leftOut && { leftOut }) }),
    asOf: new Date(head.asOf),
    ...(head.sequence !== undefined && { sequence: head.sequence }),
  };
}
