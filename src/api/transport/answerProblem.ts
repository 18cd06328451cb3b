import type { Response } from 'node-fetch';
import { plainLine } from '../../base/plainLine.ts';
import type { AnswerContext, Problem } from './answer.ts';
import { codeFromHttpStatus, isConnectCode, problemFromCode } from './errorCodes.ts';
import type { CleanText, ErrorDetails } from './errorDetails.ts';
import type { ConnectCode, OnaApiProblem } from './errors.ts';
import { oneLine } from './oneLine.ts';
import { redirectTarget } from './redirect.ts';

/** Why a response is an error, or not from the API. */
export async function answerProblem(
  response: Response,
  { value, isJson }: { readonly value: unknown; readonly isJson: boolean },
  { secrets, apiUrl, isKnownApi }: AnswerContext,
): Promise<Problem> {
  const httpStatus = response.status;
  if (response.ok) {
    const shape =
      isJson && value !== undefined ? 'the response is not a JSON object' : 'the response is not JSON';
    const detail = isJson ? shape : `${shape}${senderOf(response, secrets)}`;
    return {
      problem: isJson ? 'unexpectedAnswer' : isKnownApi ? 'intermediary' : 'wrongAddress',
      code: 'unknown',
      httpStatus,
      detail,
    };
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    const redirectedTo = redirectOrigin(response, apiUrl, secrets);
    const redirect = redirectedTo === undefined ? 'a redirect' : `a redirect to ${redirectedTo}`;
    const detail = `${redirect}${senderOf(response, secrets)}`;
    const target = redirectedTo !== undefined && { redirectedTo };
    const isOwn = redirectedTo === new URL(apiUrl).origin;
    const problem = isOwn && !isKnownApi ? 'wrongAddress' : 'intermediary';
    return { problem, code: 'unknown', httpStatus, detail, ...target };
  }
  const body = isJson && typeof value === 'object' ? (value as ErrorBody | null) : null;
  if (body && isConnectCode(body.code)) {
    return connectProblem({ ...body, code: body.code }, response, { secrets, apiUrl });
  }
  const code = codeFromHttpStatus(httpStatus);
  return {
    problem: problemFromStatus(httpStatus, isKnownApi),
    code,
    httpStatus,
    detail: `not an answer from the API${senderOf(response, secrets)}`,
    ...retryAfter(code, undefined, response),
  };
}

/** The API's error in a message: in an answer, or at the end of a stream. */
export async function connectProblem(
  body: ErrorBody & { readonly code: ConnectCode },
  sent: SentWith,
  { secrets, apiUrl }: Pick<AnswerContext, 'secrets' | 'apiUrl'>,
): Promise<Problem> {
  const { code, message } = body;
  const clean: CleanText = (untrusted, maxLength) => oneLine(untrusted, secrets, maxLength);
  const { retryDelayMs, advice } = await detailsOf(body, apiUrl, clean);
  return {
    problem: problemFromCode(code),
    code,
    httpStatus: sent.status,
    ...(typeof message === 'string' && { detail: clean(message) }),
    ...retryAfter(code, retryDelayMs, sent),
    ...(advice && { advice }),
  };
}

/** What a response says about its sender, for the log: the only trace of whatever is in between. */
export function senderOf({ headers }: Response, secrets: readonly string[]): string {
  const parts = ['server', 'via', 'content-type'].map((name) => {
    const value = headers.get(name);
    return value === null ? '' : `, ${name}: ${plainLine(oneLine(value, secrets), 80)}`;
  });
  return parts.join('');
}

/** Few errors have details, so what reads them is loaded on demand. */
async function detailsOf({ details }: ErrorBody, apiUrl: string, clean: CleanText): Promise<ErrorDetails> {
  if (!Array.isArray(details) || details.length === 0) {
    return {};
  }
  const { readErrorDetails } = await import('./errorDetails.ts');
  return readErrorDetails(details, apiUrl, clean);
}

export interface ErrorBody {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
}

/** The status and the headers that an error came with. */
interface SentWith {
  readonly status: number;
  readonly headers: Pick<Response['headers'], 'get'>;
}

/** For responses not from the API, but from something in front of it or from another server. */
function problemFromStatus(status: number, isKnownApi: boolean): OnaApiProblem {
  switch (status) {
    case 404:
    case 405:
      // For a missing object, the API would have returned a JSON error.
      return isKnownApi ? 'intermediary' : 'wrongAddress';
    case 407:
      return 'proxyAuthentication';
    default:
      return 'intermediary';
  }
}

/**
 * How long to wait before a retry, interpreted as by the API's own Terraform provider: `RetryInfo` takes precedence
 * over the header `RateLimit-RetryAfter` (whole seconds), and if it names no time, waiting will not help. Load
 * balancers send the standard header `Retry-After` with 503 and 429.
 */
function retryAfter(
  code: ConnectCode,
  retryDelayMs: ErrorDetails['retryDelayMs'],
  response: SentWith,
): Pick<Problem, 'retryAfterMs'> {
  if (code !== 'resource_exhausted' && code !== 'unavailable') {
    return {};
  }
  const { headers, status } = response;
  const retryAfterMs =
    retryDelayMs ??
    (secondsMs(headers.get('ratelimit-retryafter')) ||
      (status === 503 || status === 429 ? standardRetryAfterMs(headers) : 0));
  return retryAfterMs > 0 ? { retryAfterMs } : {};
}

/** The milliseconds in a header that contains whole seconds; 0 if it does not. */
function secondsMs(header: string | null): number {
  const seconds = header?.trim() ?? '';
  return /^\d+$/.test(seconds) ? Math.min(Number(seconds), 1e9) * 1000 : 0;
}

/** `Retry-After` (RFC 9110): seconds, or a date, which is relative to the server's own clock. */
function standardRetryAfterMs(headers: SentWith['headers']): number {
  const header = headers.get('retry-after');
  const until = httpDate(header);
  return until === undefined ? secondsMs(header) : until - (httpDate(headers.get('date')) ?? Date.now());
}

/** A date in any format of HTTP, in milliseconds since 1970. That of C's `asctime` does not name the time zone. */
function httpDate(header: string | null): number | undefined {
  const date = header?.trim() ?? '';
  const isAsctime = /^\w{3} \w{3} [ \d]\d [\d:]{8} \d{4}$/.test(date);
  const time = isAsctime || date.endsWith('GMT') ? Date.parse(isAsctime ? `${date} GMT` : date) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Only the origin, because the path and query of a redirect may contain tokens. */
function redirectOrigin(response: Response, apiUrl: string, secrets: readonly string[]): string | undefined {
  const target = redirectTarget(response, new URL(apiUrl));
  return target && oneLine(target.origin, secrets);
}
