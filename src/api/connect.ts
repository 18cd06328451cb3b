import fetch, { AbortError, FetchError, type Response } from 'node-fetch';
import {
  codeFromHttpStatus,
  isConnectCode,
  OnaApiError,
  type OnaApiErrorOptions,
  problemFromCode,
  problemFromNetworkCode,
} from './errors.ts';
import { plainLine } from './plainLine.ts';
import { redactKey, redactSecrets } from './redact.ts';

/** Where calls go, and as whom. */
export interface ConnectEndpoint {
  /** Normalised base address, e.g. `https://app.gitpod.io/api`. */
  readonly apiUrl: string;
  /** Sent as bearer token to the origin of `apiUrl` and nowhere else. */
  readonly apiKey: string;
  /** Milliseconds one call may take, its answer read to the end. Asked at each call. */
  readonly timeoutMs: () => number;
  readonly userAgent: string;
  /** One line for every call, free of secrets. */
  readonly log: (line: string) => void;
}

/** An answer larger than this is no list of integrations; reading on would only fill the memory. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** An error text of the API is shown in one line. */
const MAX_DETAIL_LENGTH = 300;

/**
 * One unary call of the Connect protocol in JSON: `POST {apiUrl}/{service}/{method}`.
 *
 * @param procedure `gitpod.v1.<Service>/<Method>`
 * @param request the message in JSON form; the API wants at least `{}`
 * @param signal ends the call
 * @returns the answer's JSON value, not yet decoded, with the key removed should the API echo it
 * @throws OnaApiError, and nothing else
 */
export async function unaryCall(
  endpoint: ConnectEndpoint,
  procedure: string,
  request: object,
  signal: AbortSignal,
): Promise<unknown> {
  const method = procedure.slice(procedure.indexOf('/') + 1);
  const url = new URL(`${endpoint.apiUrl}/${procedure}`);
  const fail = (options: Omit<OnaApiErrorOptions, 'method' | 'host'>) =>
    new OnaApiError({ ...options, method, host: url.host });
  const timeoutMs = endpoint.timeoutMs();
  const timeout = AbortSignal.timeout(timeoutMs);
  const startedAt = performance.now();
  try {
    // node-fetch would let an error escape that nobody can catch.
    if (signal.aborted) {
      throw fail({ problem: 'canceled', code: 'canceled' });
    }
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${endpoint.apiKey}`,
        'Content-Type': 'application/json',
        'Connect-Protocol-Version': '1',
        // Under VS Code's patched modules every call would open a connection of its own without this.
        Connection: 'keep-alive',
        'User-Agent': endpoint.userAgent,
      },
      body: JSON.stringify(request),
      // A redirect followed by the library would lose the key, or carry it to a stranger.
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
      size: MAX_ANSWER_BYTES,
    });
    const text = await response.text();
    const answer = readAnswer(response, text, endpoint.apiKey, fail);
    endpoint.log(`${method} ${response.status} ${elapsed(startedAt)}, ${text.length} characters`);
    return answer;
  } catch (error) {
    const failure = error instanceof OnaApiError ? error : fail(transportProblem(error, timeout, timeoutMs));
    endpoint.log(`${failure.message}, ${elapsed(startedAt)}`);
    throw failure;
  }
}

type Problem = Omit<OnaApiErrorOptions, 'method' | 'host'>;

function readAnswer(
  response: Response,
  text: string,
  apiKey: string,
  fail: (problem: Problem) => OnaApiError,
): unknown {
  const httpStatus = response.status;
  const value = parseJson(text, apiKey);
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
    const target = redirectTarget(redactKey(response.headers.get('location') ?? '', apiKey));
    const detail = target === undefined ? 'a redirect' : `a redirect to ${target}`;
    throw fail({ problem: 'wrongAddress', code: 'unknown', httpStatus, detail });
  }
  const body = typeof value === 'object' ? (value as { code?: unknown; message?: unknown } | null) : null;
  if (body && isConnectCode(body.code)) {
    const { code, message } = body;
    const problem = problemFromCode(code);
    throw fail({
      problem,
      code,
      httpStatus,
      ...(typeof message === 'string' && { detail: oneLine(message) }),
    });
  }
  const code = codeFromHttpStatus(httpStatus);
  throw fail({
    // The API answers a missing object in JSON; a 404 without it comes from something that is not the API.
    problem: httpStatus === 404 || httpStatus === 405 ? 'wrongAddress' : problemFromCode(code),
    code,
    httpStatus,
  });
}

function transportProblem(error: unknown, timeout: AbortSignal, timeoutMs: number): Problem {
  if (error instanceof AbortError) {
    return timeout.aborted
      ? { problem: 'timeout', code: 'deadline_exceeded', timeoutMs }
      : { problem: 'canceled', code: 'canceled' };
  }
  if (error instanceof FetchError) {
    if (error.type === 'max-size') {
      return { problem: 'answerTooLarge', code: 'resource_exhausted' };
    }
    const problem = problemFromNetworkCode(error.code);
    return { problem, code: 'unavailable', detail: error.code ?? oneLine(error.message) };
  }
  return {
    problem: 'noConnection',
    code: 'unknown',
    detail: error instanceof Error ? error.name : typeof error,
  };
}

/** The value with the key removed should the API echo it, however it is escaped. */
function parseJson(text: string, apiKey: string): unknown {
  try {
    const mayHoldKey = text.includes(apiKey) || text.includes('\\');
    const redact = (_: string, value: unknown) =>
      typeof value === 'string' ? redactKey(value, apiKey) : value;
    return JSON.parse(text, mayHoldKey ? redact : undefined);
  } catch {
    // Not JSON: told apart from every JSON value by undefined, and judged by the caller.
    return undefined;
  }
}

/** Only the origin: a redirect's path and query can carry tokens. */
function redirectTarget(location: string): string | undefined {
  return URL.canParse(location) ? new URL(location).origin : undefined;
}

function oneLine(text: string): string {
  return plainLine(redactSecrets(text), MAX_DETAIL_LENGTH);
}

function elapsed(startedAt: number): string {
  return `${Math.round(performance.now() - startedAt)} ms`;
}
