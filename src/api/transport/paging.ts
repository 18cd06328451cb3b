import type { LeftOut } from '../leftOut.ts';
import { OnaApiError, type OnaApiErrorOptions } from './errors.ts';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The items that could not be read. */
  readonly leftOut: readonly LeftOut[];
  /** Opaque; undefined on the last page. */
  readonly nextToken: string | undefined;
}

/** A list with more pages is a bug in the API, not a large organization. */
const MAX_PAGES = 2_000;

/** An API may send empty pages, or repeat items because the list shifts, but not on so many pages in a row. */
const MAX_IDLE_PAGES = 10;

/** What a walk needs to know of a list. */
export interface PagedList<P> {
  readonly method: string;
  readonly host: string;
  readonly log: (line: string) => void;
  /** One key for each item of a page, by which to recognize it. */
  readonly keysOf: (page: P) => readonly string[];
}

/**
 * Every page of a list, one after another. Only a missing token ends the list; an empty page does not.
 *
 * @param fetchPage fetches one page; called without a token for the first one
 * @throws OnaApiError from `fetchPage`, or if the list does not end: the API repeats a token, sends `MAX_IDLE_PAGES` in
 *   a row without a new item, or more than `MAX_PAGES`
 */
export async function* walkPages<P extends Pick<Page<unknown>, 'nextToken'>>(
  fetchPage: (token: string | undefined) => Promise<P>,
  { log, keysOf, method, host }: PagedList<P>,
): AsyncGenerator<P, void, undefined> {
  const tokens = new Set<string>();
  /** Only hashes, which take little memory. A wrong match for every item of ten pages does not happen. */
  const seen = new Set<number>();
  let idlePages = 0;
  const problem = (token: string): Pick<OnaApiErrorOptions, 'code' | 'detail'> | undefined => {
    if (tokens.has(token)) {
      return { code: 'data_loss', detail: 'the API repeated a page token' };
    }
    if (idlePages >= MAX_IDLE_PAGES) {
      return { code: 'resource_exhausted', detail: `the API sent ${idlePages} pages without anything new` };
    }
    return tokens.size < MAX_PAGES
      ? undefined
      : { code: 'resource_exhausted', detail: `the API sent more than ${MAX_PAGES} pages` };
  };
  let token: string | undefined;
  do {
    const page = await fetchPage(token);
    yield page;
    token = page.nextToken;
    if (token !== undefined) {
      const before = seen.size;
      keysOf(page).forEach((key) => seen.add(hashOf(key)));
      idlePages = seen.size > before ? 0 : idlePages + 1;
      const found = problem(token);
      if (found !== undefined) {
        const failure = new OnaApiError({ problem: 'unexpectedAnswer', ...found, method, host });
        log(failure.message);
        throw failure;
      }
      tokens.add(token);
    }
  } while (token !== undefined);
}

/** A non-negative integer of 30 bits, which V8 stores in place. */
function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) & 0x3fffffff;
  }
  return hash;
}
