import fetch, { FetchError, type Response } from 'node-fetch';
import { oneLine, type Problem, readAnswer, redirectTarget } from './answer.ts';
import { OnaApiError, problemFromNetworkCode } from './errors.ts';
import type { RequestGate } from './requestGate.ts';
import { planRetry, type Retry } from './retry.ts';

/** Where calls go, and as whom. */
export interface ConnectEndpoint {
  /** Normalised base address, e.g. `https://app.gitpod.io/api`. */
  readonly apiUrl: string;
  /** Sent as bearer token to the origin of `apiUrl`, and to no other that `mayRedirectTo` does not allow. */
  readonly apiKey: string;
  /** Whether a redirect to this address may be followed with the key. */
  readonly mayRedirectTo: (target: URL) => boolean;
  /** Milliseconds one try of a call may take, its answer read to the end. Asked at each try. */
  readonly timeoutMs: () => number;
  readonly userAgent: string;
  /** One line for every try, free of secrets. */
  readonly log: (line: string) => void;
  /** What every request to this origin passes. */
  readonly gate: RequestGate;
}

export interface CallOptions {
  /** Ends the call, its waits included. */
  readonly signal: AbortSignal;
  /** Told of every failed try that another one follows, and `undefined` once one got an answer. */
  readonly onRetry?: ((retry: Retry | undefined) => void) | undefined;
  /** What else the request holds that must not be seen, e.g. a client secret. Redacted as the API key is. */
  readonly secrets?: readonly string[] | undefined;
}

export interface Procedure {
  /** `gitpod.v1.<Service>/<Method>` */
  readonly path: string;
  /** The API marks it `NO_SIDE_EFFECTS`: it may be tried again. */
  readonly noSideEffects: boolean;
}

/** An answer larger than this is no list of integrations; reading on would only fill the memory. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

const MAX_REDIRECTS = 5;

/**
 * One unary call of the Connect protocol in JSON: `POST {apiUrl}/{service}/{method}`. Waits its turn, follows the
 * redirects it may, and tries again what may be tried again.
 *
 * @param request the message in JSON form; the API wants at least `{}`
 * @returns the answer's JSON value, not yet decoded, without the key and `secrets` if the API echoes them
 * @throws OnaApiError, and nothing else
 */
export async function unaryCall(
  endpoint: ConnectEndpoint,
  procedure: Procedure,
  request: object,
  { signal, onRetry, secrets = [] }: CallOptions,
): Promise<unknown> {
  const { gate } = endpoint;
  const redacted = [endpoint.apiKey, ...secrets];
  let retries = 0;
  let resent = false;
  let isRetrying = false;
  for (;;) {
    const mayBeStale = gate.hasAnswered && !resent;
    const { pause } = gate;
    if (pause !== undefined && retries === 0) {
      // Another request has met a limit: this one waits for it too.
      isRetrying = true;
      onRetry?.({ ...pause, askedFor: true });
    }
    const outcome: unknown = await gate
      .run(() => oneTry(endpoint, procedure.path, request, redacted, signal), signal)
      .catch((error: unknown) => {
        if (error instanceof OnaApiError) {
          return error;
        }
        if (signal.aborted) {
          return canceled(endpoint, procedure);
        }
        throw error;
      });
    if (!(outcome instanceof OnaApiError)) {
      if (isRetrying) {
        onRetry?.(undefined);
      }
      return outcome;
    }
    gate.pauseFor(outcome);
    if (!procedure.noSideEffects || signal.aborted) {
      throw outcome;
    }
    if (outcome.problem === 'connectionLost' && mayBeStale) {
      // The server closed an idle connection just when it was used again: no trouble, a new one will do.
      resent = true;
      continue;
    }
    const retry = planRetry(outcome, retries++);
    if (retry === undefined) {
      throw outcome;
    }
    endpoint.log(`${outcome.method}: next try in ${Math.round(retry.waitMs)} ms`);
    isRetrying = true;
    onRetry?.(retry);
    await gate.clock.sleep(retry.waitMs, signal).catch(() => {
      throw canceled(endpoint, procedure);
    });
  }
}

async function oneTry(
  endpoint: ConnectEndpoint,
  path: string,
  request: object,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<unknown> {
  const { apiUrl, log } = endpoint;
  const method = methodOf(path);
  let url = new URL(`${apiUrl}/${path}`);
  const fail = (options: Problem) => new OnaApiError({ ...options, method, host: url.host });
  const timeoutMs = Math.round(endpoint.timeoutMs());
  const timeout = AbortSignal.timeout(timeoutMs);
  const problemOf = (error: unknown): Problem => {
    if (signal.aborted) {
      return { problem: 'canceled', code: 'canceled' };
    }
    return timeout.aborted
      ? { problem: 'timeout', code: 'deadline_exceeded', timeoutMs }
      : transportProblem(error, secrets);
  };
  const startedAt = performance.now();
  try {
    for (let redirects = 0; ; redirects++) {
      const response = await send(url, endpoint, request, AbortSignal.any([signal, timeout]));
      const text = await response.text();
      if (response.status === 307 || response.status === 308) {
        url = followRedirect(response, url, redirects, { ...endpoint, secrets }, fail);
        continue;
      }
      const answer = readAnswer(response, text, { secrets, apiUrl }, fail);
      log(`${method} ${response.status} ${elapsed(startedAt)}, ${text.length} characters`);
      return answer;
    }
  } catch (error) {
    const failure = error instanceof OnaApiError ? error : fail(problemOf(error));
    log(`${failure.message}, ${elapsed(startedAt)}`);
    throw failure;
  }
}

function send(url: URL, endpoint: ConnectEndpoint, request: object, signal: AbortSignal): Promise<Response> {
  // node-fetch would let an error escape that nobody can catch.
  signal.throwIfAborted();
  return fetch(url, {
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
    signal,
    size: MAX_ANSWER_BYTES,
  });
}

/** @throws OnaApiError where the redirect leads nowhere, or where the key must not go */
function followRedirect(
  response: Response,
  from: URL,
  redirects: number,
  { secrets, mayRedirectTo }: Pick<ConnectEndpoint, 'mayRedirectTo'> & { secrets: readonly string[] },
  fail: (problem: Problem) => OnaApiError,
): URL {
  const httpStatus = response.status;
  const target = redirectTarget(response, from);
  if (target === undefined || redirects >= MAX_REDIRECTS) {
    const detail = target === undefined ? 'a redirect to nowhere' : `more than ${MAX_REDIRECTS} redirects`;
    throw fail({ problem: 'wrongAddress', code: 'unknown', httpStatus, detail });
  }
  if (!mayRedirectTo(target)) {
    // Only the origin: path and query can carry tokens.
    const redirectedTo = oneLine(target.origin, secrets);
    const detail = `a redirect to ${redirectedTo}`;
    throw fail({ problem: 'redirected', code: 'unknown', httpStatus, detail, redirectedTo });
  }
  return target;
}

function transportProblem(error: unknown, secrets: readonly string[]): Problem {
  if (error instanceof FetchError && error.type === 'max-size') {
    return { problem: 'answerTooLarge', code: 'resource_exhausted' };
  }
  const networkCode = codeOf(error);
  if (networkCode !== undefined && UNZIP_ERROR_CODE.test(networkCode)) {
    return { problem: 'unexpectedAnswer', code: 'data_loss', detail: 'the answer cannot be unpacked' };
  }
  // An answer that breaks off while it is unpacked fails with the connection's own error, not with one of the library's.
  if (error instanceof FetchError || networkCode !== undefined) {
    const problem = problemFromNetworkCode(networkCode);
    const code = networkCode === 'ETIMEDOUT' ? 'deadline_exceeded' : 'unavailable';
    return { problem, code, detail: networkCode ?? oneLine((error as Error).message, secrets) };
  }
  return {
    problem: 'noConnection',
    code: 'unknown',
    detail: error instanceof Error ? error.name : typeof error,
  };
}

/** Of Node.js's zlib: gzip and deflate, then Brotli. */
const UNZIP_ERROR_CODE = /^(?:Z_|ERR__ERROR_)/;

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function canceled({ apiUrl }: ConnectEndpoint, { path }: Procedure): OnaApiError {
  return new OnaApiError({
    problem: 'canceled',
    code: 'canceled',
    method: methodOf(path),
    host: new URL(apiUrl).host,
  });
}

/** The method of a procedure's path, e.g. `ListRunners`. */
export function methodOf(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

function elapsed(startedAt: number): string {
  return `${Math.round(performance.now() - startedAt)} ms`;
}
