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

/** A problem, without the call it belongs to. */
export type Problem = Omit<OnaApiErrorOptions, 'method' | 'host'>;

/** In UTF-16 units. Error texts of the API are shown on one line. */
const MAX_DETAIL_LENGTH = 300;

/**
 * The JSON object in a response, with secrets redacted if the API echoes them.
 *
 * @param apiUrl the base address of the call
 * @throws the error that `fail` creates if the response is an error, or is not from the API
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
    // A login page on a wrong host is HTML with status 200.
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    const detail = value === undefined ? 'the response is not JSON' : 'the response is not a JSON object';
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

/** For responses not from the API, but from a proxy in front of it or from another server. */
function problemFromStatus(status: number): OnaApiProblem | undefined {
  switch (status) {
    case 404:
    case 405:
      // For a missing object, the API would have returned a JSON error.
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
 * How long the API asks to wait, interpreted as by its own Terraform provider: `RetryInfo` takes precedence over the
 * header `RateLimit-RetryAfter` (whole seconds), and if it names no time, waiting will not help.
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

/** The value, with secrets redacted if the API echoes them, however they are escaped. */
function parseJson(text: string, secrets: readonly string[]): unknown {
  try {
    const mayHoldSecret = text.includes('\\') || secrets.some((secret) => text.includes(secret));
    const redact = (_: string, value: unknown) =>
      typeof value === 'string' ? redactAll(value, secrets) : value;
    return JSON.parse(text, mayHoldSecret ? redact : undefined);
  } catch {
    // Not JSON. No JSON value parses to undefined, so the caller can tell.
    return undefined;
  }
}

/** Text from the API or the network on one line, without secrets: safe to show and to log. */
export function oneLine(text: string, secrets: readonly string[]): string {
  return plainLine(redactKeyShapes(redactAll(text, secrets)), MAX_DETAIL_LENGTH);
}
