import pLimit from 'p-limit';
import type { CallOptions } from '../../api/transport/connect.ts';
import type { OnaApiError } from '../../api/transport/errors.ts';

/*
 * Loaded on demand: most loads miss nothing.
 */

/** Requests by name that are not too many, however short the list is. */
const MIN_REQUESTS = 4;

/** The other places of the request gate are for the list that is still being read. */
const MAX_IN_FLIGHT = 4;

/** Milliseconds that all requests by name may take. The list can be read again instead. */
const TIMEOUT_MS = 10_000;

/** Items that one request asks for by name. */
export interface NamedRequest<T> {
  readonly runnerIds: readonly string[];
  readonly items: readonly T[];
}

/** A list that was read to the end, and how to ask for what it misses. */
export interface MissingItems<T> {
  /** The items, of these or all of them, that are not proved to exist. */
  readonly missing: (of?: readonly T[]) => Promise<readonly T[]>;
  /**
   * Whether unreadable items may be missing only because the list has shifted. They cannot be asked for by name.
   */
  readonly isUnsure: () => Promise<boolean>;
  readonly drop: (items: readonly T[]) => Promise<void>;
  /**
   * The requests to ask for items by name, if possible: the answer to each should fit in one response.
   *
   * @param areAlone whether each request is for one runner only, because a response had no room for all
   */
  readonly requestsFor: (items: readonly T[], areAlone: boolean) => Promise<readonly NamedRequest<T>[]>;
  /** @returns whether all came in one response, which then proves that no other items existed at that time */
  readonly ask: (
    runnerIds: readonly string[],
    callOptions: (options: CallOptions) => CallOptions,
  ) => Promise<{ readonly error: OnaApiError | undefined; readonly isOneResponse: boolean }>;
  /** Reads the list again. */
  readonly walk: () => Promise<OnaApiError | undefined>;
  /** How many requests that takes. */
  readonly pages: number;
}

/**
 * Drops known items that a list no longer contains, once that is certain. A list of several pages may shift while it is
 * read, so that items which stay are on none of its pages; and a single bad response can make any list look empty. So
 * items are asked for by name. If that fails, is not possible, or takes more requests than the list itself, the list is
 * read a second time, and what it misses again is dropped.
 *
 * @returns why the list could not be read again: all items that are not proved to be gone then stay
 */
export async function confirmMissing<T extends { readonly id: string }>({
  missing,
  isUnsure,
  drop,
  requestsFor,
  ask,
  walk,
  pages,
}: MissingItems<T>): Promise<OnaApiError | undefined> {
  // Items without an ID are told apart by their whole content: those that have changed are missing too.
  await drop((await missing()).filter(({ id }) => id === ''));
  let hasFailed = false;
  let hasWalked = false;
  for (;;) {
    const requests: readonly NamedRequest<T>[] = hasFailed
      ? []
      : await requestsFor(await missing(), hasWalked);
    if (requests.length <= Math.max(MIN_REQUESTS, pages)) {
      hasFailed = !(await askAll(requests));
    }
    const left = await missing();
    if (hasWalked || (left.length === 0 && !(await isUnsure()))) {
      await drop(left);
      return undefined;
    }
    const error = await walk();
    if (error !== undefined) {
      return error;
    }
    hasWalked = true;
  }

  /** @returns whether all succeeded */
  async function askAll(requests: readonly NamedRequest<T>[]): Promise<boolean> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const briefly = (options: CallOptions): CallOptions => ({
      ...options,
      signal: AbortSignal.any([options.signal, timeout]),
      // The view does not show that these are tried again, because the load does not depend on them.
      onRetry: undefined,
    });
    const limit = pLimit(MAX_IN_FLIGHT);
    const succeeded = await limit.map(requests, async ({ runnerIds, items }) => {
      const { error, isOneResponse } = await ask(runnerIds, briefly);
      if (error === undefined && isOneResponse) {
        await drop(await missing(items));
      }
      return error === undefined;
    });
    return succeeded.every(Boolean);
  }
}
