import type { LeftOut } from '../leftOut.ts';
import { OnaApiError } from './errors.ts';

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

/**
 * Every page of a list, one after another. Only a missing token ends the list; an empty page does not.
 *
 * @param fetchPage fetches one page; called without a token for the first one
 * @throws OnaApiError from `fetchPage`, or if the API repeats a token or sends more than `MAX_PAGES`
 */
export async function* walkPages<P extends Pick<Page<unknown>, 'nextToken'>>(
  fetchPage: (token: string | undefined) => Promise<P>,
  { log, ...call }: { readonly method: string; readonly host: string; readonly log: (line: string) => void },
): AsyncGenerator<P, void, undefined> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const page = await fetchPage(token);
    yield page;
    token = page.nextToken;
    if (token !== undefined) {
      if (seen.has(token) || seen.size >= MAX_PAGES) {
        const detail = seen.has(token) ? 'the API repeated a page token' : `more than ${MAX_PAGES} pages`;
        const failure = new OnaApiError({ problem: 'unexpectedAnswer', code: 'data_loss', detail, ...call });
        log(failure.message);
        throw failure;
      }
      seen.add(token);
    }
  } while (token !== undefined);
}
