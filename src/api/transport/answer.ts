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
import { type ErrorDetails, readErrorDetails } from './errorDetails.ts';
import { plainLine } from '../../base/plainLine.ts';
import { redactAll, redactKeyShapes } from '../../base/redact.ts';

/** What goes wrong, without the call that it happens to. */
export type Problem = Omit<OnaApiErrorOptions, 'method' | 'host'>;

/** An error text of the API is shown in one line. */
const MAX_DETAIL_LENGTH = 300;

/**
 * The JSON value of an answer, without the secrets if the API echoes them.
 *
 * @param apiUrl the address that was asked
 * @throws what `fail` makes of an answer that is an error, or none of the API's
 */
export function readAnswer(
  response: Response,
  text: string,
  { secrets, apiUrl }: { readonly secrets: readonly string[]; readonly apiUrl: string },
  fail: (problem: Problem) => OnaApiError,
): unknown {
  const httpStatus = response.status;
  const value = parseJson(text, secrets);
  if (response.ok) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value;
    }
    // A login page behind a wrong host answers 200 in HTML.
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const detail = value === undefined ? 'the answer is not JSON' : 'the answer is not a JSON object';
    throw fail({
      problem: isJson ? 'unexpectedAnswer' : 'wrongAddress',
      code: 'unknown',
      httpStatus,
      detail,
    });
  }
  if (httpStatus >= 300 && httpStatus < 400) {
    const redirectedTo = redirectOrigin(response, apiUrl, secrets);
    const detail = redirectedTo === undefined ? 'a redirect' : `a redirect to ${redirectedTo}`;
    const target = redirectedTo !== undefined && { redirectedTo };
    throw fail({ problem: 'wrongAddress', code: 'unknown', httpStatus, detail, ...target });
  }
  const body = typeof value === 'object' ? (value as ErrorBody | null) : null;
  if (body && isConnectCode(body.code)) {
    const { code, message } = body;
    const clean = (untrusted: string) => oneLine(untrusted, secrets);
    const { retryDelayMs, advice } = readErrorDetails(body.details, apiUrl, clean);
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
    problem: problemFromStatus(httpStatus) ?? problemFromCode(code),
    code,
    httpStatus,
    ...retryAfter(code, undefined, response),
  });
}

interface ErrorBody {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
}

/** Of answers that do not come from the API, but from what stands before it or in its place. */
function problemFromStatus(status: number): OnaApiProblem | undefined {
  switch (status) {
    case 404:
    case 405:
      // The API answers a missing object in JSON.
      return 'wrongAddress';
    case 407:
      return 'proxyAuthentication';
    case 429:
      return 'limit';
    default:
      return undefined;
  }
}

/**
 * When the API wants to be asked again, as its own Terraform provider reads it: `RetryInfo` goes before the header
 * `RateLimit-RetryAfter` (whole seconds), and one that names no time means that asking again will not help.
 */
function retryAfter(
  code: ConnectCode,
  retryDelayMs: ErrorDetails['retryDelayMs'],
  response: Response,
): Pick<Problem, 'retryAfterMs'> {
  if (code !== 'resource_exhausted' && code !== 'unavailable') {
    return {};
  }
  const header = /^\d{1,9}$/.exec(response.headers.get('ratelimit-retryafter')?.trim() ?? '')?.[0];
  const retryAfterMs = retryDelayMs ?? Number(header ?? 0) * 1000;
  return retryAfterMs > 0 ? { retryAfterMs } : {};
}

/** Where a redirect leads; undefined where that is nowhere on the web. */
export function redirectTarget(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location') ?? '';
  if (location === '' || !URL.canParse(location, from.href)) {
    return undefined;
  }
  const target = new URL(location, from);
  return target.protocol === 'https:' || target.protocol === 'http:' ? target : undefined;
}

/** Only the origin: path and query of a redirect can carry tokens. */
function redirectOrigin(response: Response, apiUrl: string, secrets: readonly string[]): string | undefined {
  const target = redirectTarget(response, new URL(apiUrl));
  return target && oneLine(target.origin, secrets);
}

/** The value without the secrets if the API echoes them, however they are escaped. */
function parseJson(text: string, secrets: readonly string[]): unknown {
  try {
    const mayHoldSecret = text.includes('\\') || secrets.some((secret) => text.includes(secret));
    const redact = (_: string, value: unknown) =>
      typeof value === 'string' ? redactAll(value, secrets) : value;
    return JSON.parse(text, mayHoldSecret ? redact : undefined);
  } catch {
    // Not JSON: told apart from every JSON value by undefined, and judged by the caller.
    return undefined;
  }
}

/** Text of the API or the network as it may be shown and logged. */
export function oneLine(text: string, secrets: readonly string[]): string {
  return plainLine(redactKeyShapes(redactAll(text, secrets)), MAX_DETAIL_LENGTH);
}
