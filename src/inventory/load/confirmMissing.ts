import type { OnaApiError } from '../../api/transport/errors.ts';
import { isUuid } from '../../api/transport/limits.ts';

/*
 * Loaded on demand: most loads miss nothing.
 */

/** Items of more runners than this are not asked for by name: the list is read again instead. */
const MAX_NAMED_RUNNERS = 100;

/** How often items are asked for whose absence no single response can prove. */
const MAX_ROUNDS = 3;

/** A list that was read to the end, and how to ask for what it misses. */
export interface ConfirmOptions<T> {
  /** The items, of these or all of them, that are not proved to exist. */
  readonly missing: (of?: readonly T[]) => Promise<readonly T[]>;
  readonly drop: (items: readonly T[]) => void;
  readonly runnerIdOf: (item: T) => string;
  /** Splits runner ids, all of them UUIDs, into those of one request each, whose items should fit in one response. */
  readonly requestsFor: (runnerIds: readonly string[]) => readonly (readonly string[])[];
  /**
   * Asks for the items of some runners by name.
   *
   * @returns whether all came in one response, which then proves that no others existed at that time
   */
  readonly ask: (
    runnerIds: readonly string[],
  ) => Promise<{ readonly error: OnaApiError | undefined; readonly isOneResponse: boolean }>;
  /** Reads the list again. */
  readonly walk: () => Promise<OnaApiError | undefined>;
}

/**
 * Drops known items that a list no longer contains, once that is certain. A list of several pages may shift while it is
 * read, so that items which stay are on none of its pages; and a single bad response can make any list look empty. So
 * items are asked for by name. If that is not possible, or there are too many, the list is read again.
 *
 * @returns the failure of such a request; all items that are not proved to be gone then stay
 */
export async function confirmMissing<T>({
  missing,
  drop,
  runnerIdOf,
  requestsFor,
  ask,
  walk,
}: ConfirmOptions<T>): Promise<OnaApiError | undefined> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const items = await missing();
    const runnerIds = [...new Set(items.map(runnerIdOf))];
    const areMany = runnerIds.length > MAX_NAMED_RUNNERS;
    if (runnerIds.length === 0 || (areMany && round > 0)) {
      break;
    }
    const named = areMany ? [] : runnerIds.filter(isUuid);
    const errors = await Promise.all([
      ...(round === 0 ? requestsFor(named) : named.map((id) => [id])).map(async (some) => {
        const { error, isOneResponse } = await ask(some);
        if (error === undefined && isOneResponse) {
          const asked = new Set(some);
          drop(await missing(items.filter((item) => asked.has(runnerIdOf(item)))));
        }
        return error;
      }),
      named.length < runnerIds.length ? walk() : undefined,
    ]);
    const failure = errors.find((error) => error !== undefined);
    if (failure !== undefined) {
      return failure;
    }
  }
  drop(await missing());
  return undefined;
}
