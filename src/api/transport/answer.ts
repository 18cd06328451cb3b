import type { Response } from 'node-fetch';
import {
  codeFromHttpStatus,
  type ConnectCode,
  isConnectCode,
  type OnaApiError,
  type OnaApiErrorOptions,
  type OnaApiProblem,
  problemFromCode,
} from './errors.ts';
import type { CleanText, ErrorDetails } from './errorDetails.ts';
import { plainLine } from '../../base/plainLine.ts';
import { redactAll, redactKeyShapes } from '../../base/redact.ts';

/** A problem, without the call it belongs to. */
export type Problem = Omit<OnaApiErrorOptions, 'method' | 'host'>;

/** In UTF-16 units. Error texts of the API are shown on one line. */
const MAX_DETAIL_LENGTH = 300;

/** The circumstances in which a response is read. */
export interface AnswerContext {
  readonly secrets: readonly string[];
  /** The base address of the call. */
  readonly apiUrl: string;
  /** Whether an Ona API has answered at `apiUrl` before: anything else that answers is in between. */
  readonly isKnownApi: boolean;
}

/**
 * The JSON object in a response, with secrets redacted if the API echoes them. Only JSON of the Connect protocol speaks
 * for the API. Everything else comes from something in between (a proxy, a firewall, a network's sign-in page), or there
 * is no API at the address.
 *
 * @throws the error that `fail` creates if the response is an error, or is not from the API
 */
export async function readAnswer(
  response: Response,
  text: string,
  { secrets, apiUrl, isKnownApi }: AnswerContext,
  fail: (problem: Problem) => OnaApiError,
): Promise<unknown> {
  const httpStatus = response.status;
  const value = await parseJson(text, secrets);
  // The only media type of the protocol's JSON, which some boxes give to their pages too.
  const isJson =
    /^application\/json *(?:;|$)/i.test(response.headers.get('content-type') ?? '') && !/^\s*</.test(text);
  if (response.ok) {
    if (isJson && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value;
    }
    const shape =
      isJson && value !== undefined ? 'the response is not a JSON object' : 'the response is not JSON';
    const detail = isJson ? shape : `${shape}${senderOf(response, secrets)}`;
    throw fail({
      problem: isJson ? 'unexpectedAnswer' : isKnownApi ? 'intermediary' : 'wrongAddress',
      code: 'unknown',
      httpStatus,
      detail,
    });
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    const redirectedTo = redirectOrigin(response, apiUrl, secrets);
    const redirect = redirectedTo === undefined ? 'a redirect' : `a redirect to ${redirectedTo}`;
    const detail = `${redirect}${senderOf(response, secrets)}`;
    const target = redirectedTo !== undefined && { redirectedTo };
    const isOwn = redirectedTo === new URL(apiUrl).origin;
    const problem = isOwn && !isKnownApi ? 'wrongAddress' : 'intermediary';
    throw fail({ problem, code: 'unknown', httpStatus, detail, ...target });
  }
  const body = isJson && typeof value === 'object' ? (value as ErrorBody | null) : null;
  if (body && isConnectCode(body.code)) {
    const { code, message } = body;
    const clean: CleanText = (untrusted, maxLength) => oneLine(untrusted, secrets, maxLength);
    const { retryDelayMs, advice } = await detailsOf(body, apiUrl, clean);
    throw fail({
      problem: problemFromCode(code),
      code,
      httpStatus,
      ...(typeof message === 'string' && { detail: clean(message) }),
      ...retryAfter(code, retryDelayMs, response),
      ...(advice && { advice }),
    });
  }
  const code = codeFromHttpStatus(httpStatus);
  throw fail({
    problem: problemFromStatus(httpStatus, isKnownApi),
    code,
    httpStatus,
    detail: `not an answer from the API${senderOf(response, secrets)}`,
    ...retryAfter(code, undefined, response),
  });
}

/** What a response says about its sender, for the log: the only trace of whatever is in between. */
function senderOf({ headers }: Response, secrets: readonly string[]): string {
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

interface ErrorBody {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
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
 * How long to wait before a retry, interpreted as by the API's own Terraform provider: `RetryInfo` takes precedence over
 * the header `RateLimit-RetryAfter` (whole seconds), and if it names no time, waiting will not help. Load balancers send
 * the standard header `Retry-After` with 503 and 429.
 */
function retryAfter(
  code: ConnectCode,
  retryDelayMs: ErrorDetails['retryDelayMs'],
  response: Response,
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
function standardRetryAfterMs(headers: Response['headers']): number {
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

/** The target of a redirect; undefined if it is missing or is not a web address. */
export function redirectTarget(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location') ?? '';
  if (location === '' || !URL.canParse(location, from.href)) {
    return undefined;
  }
  const target = new URL(location, from);
  return target.protocol === 'https:' || target.protocol === 'http:' ? target : undefined;
}

/** Only the origin, because the path and query of a redirect may contain tokens. */
function redirectOrigin(response: Response, apiUrl: string, secrets: readonly string[]): string | undefined {
  const target = redirectTarget(response, new URL(apiUrl));
  return target && oneLine(target.origin, secrets);
}

/** The value without secrets that the API echoes, and without credentials in URLs, however they are escaped. */
async function parseJson(text: string, secrets: readonly string[]): Promise<unknown> {
  const mayHoldSecret = text.includes('\\') || secrets.some((secret) => text.includes(secret));
  const credentials = /[@%\\]|[?&#;"]\s*[\w.-]+ *[=[]/.test(text)
    ? await import('../../base/credentials.ts')
    : undefined;
  const redact = (name: string, value: unknown) => {
    if (typeof value !== 'string') {
      return value;
    }
    const shown = mayHoldSecret ? redactAll(value, secrets) : value;
    // A token of a page is not shown, and has to go back unchanged.
    return name === 'nextToken' || !credentials ? shown : credentials.redactField(name, shown);
  };
  try {
    return JSON.parse(text, mayHoldSecret || credentials ? redact : undefined);
  } catch {
    // Not JSON. No JSON value parses to undefined, so the caller can tell.
    return undefined;
  }
}

/** Text from the API or the network on one line, without secrets: safe to show and to log. */
export function oneLine(
  text: string,
  secrets: readonly string[],
  maxLength: number = MAX_DETAIL_LENGTH,
): string {
  return plainLine(redactKeyShapes(redactAll(text, secrets)), maxLength);
}
