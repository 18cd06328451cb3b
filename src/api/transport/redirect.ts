import { parseUrl } from '../../base/parseUrl.ts';
import type { Response } from 'node-fetch';
import type { AnswerContext, Problem } from './answer.ts';
import type { ConnectEndpoint } from './connect.ts';
import type { OnaApiError } from './errors.ts';
import { oneLine } from './oneLine.ts';

const MAX_REDIRECTS = 5;

/** @throws OnaApiError if the redirect cannot be followed, or its target must not receive the key */
export function followRedirect(
  response: Response,
  from: URL,
  redirects: number,
  {
    secrets,
    mayRedirectTo,
    isKnownApi,
  }: Pick<ConnectEndpoint, 'mayRedirectTo'> & Pick<AnswerContext, 'secrets' | 'isKnownApi'>,
  fail: (problem: Problem) => OnaApiError,
): URL {
  const httpStatus = response.status;
  const target = redirectTarget(response, from);
  if (target === undefined || redirects >= MAX_REDIRECTS) {
    const detail =
      target === undefined ? 'a redirect without a valid target' : `more than ${MAX_REDIRECTS} redirects`;
    const problem = isKnownApi ? 'intermediary' : 'wrongAddress';
    throw fail({ problem, code: 'unknown', httpStatus, detail });
  }
  if (!mayRedirectTo(target)) {
    // Only the origin, because the path and query may contain tokens.
    const redirectedTo = oneLine(target.origin, secrets);
    const detail = `a redirect to ${redirectedTo}`;
    // A temporary redirect away from a known API is probably a network's sign-in page; a permanent one is a move.
    const problem = isKnownApi && httpStatus === 307 ? 'intermediary' : 'redirected';
    throw fail({ problem, code: 'unknown', httpStatus, detail, redirectedTo });
  }
  return target;
}

/** The target of a redirect; undefined if it is missing or is not a web address. */
export function redirectTarget(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location') ?? '';
  const target = location === '' ? undefined : parseUrl(location, from.href);
  return target?.protocol === 'https:' || target?.protocol === 'http:' ? target : undefined;
}
