import fetch, { FetchError, type Response } from 'node-fetch';
import { type Problem, readAnswer } from './answer.ts';
import { OnaApiError, type SentFrom } from './errors.ts';
import { MAX_ANSWER_BYTES, MAX_LOAD_MB } from './limits.ts';
import type { RequestGate, Turn } from './requestGate.ts';
import type { Retry } from './retry.ts';

/** Where calls are sent, and with which key. */
export interface ConnectEndpoint {
  /** Normalized base address, e.g. `https://app.gitpod.io/api`. */
  readonly apiUrl: string;
  /** Sent as a bearer token to the origin of `apiUrl`, and elsewhere only if `mayRedirectTo` allows it. */
  readonly apiKey: string;
  /** Whether a redirect to this address may be followed with the key. */
  readonly mayRedirectTo: (target: URL) => boolean;
  /** Milliseconds that one attempt may take, including reading the response. Read for each attempt. */
  readonly timeoutMs: () => number;
  readonly userAgent: string;
  /** Receives a line about every attempt, free of secrets. */
  readonly log: (line: string) => void;
  /** Shared by all requests to this origin. */
  readonly gate: RequestGate;
  /** Named in errors; undefined if requests are sent from the user's own computer. */
  readonly sentFrom: SentFrom | undefined;
}

export interface CallOptions extends Turn {
  /** Cancels the call, including its waits. */
  readonly signal: AbortSignal;
  /** Called whenever the call has to wait for its next attempt, and then with `undefined` once it succeeds. */
  readonly onRetry?: ((retry: Retry | undefined) => void) | undefined;
  /** Called whenever an attempt is sent. */
  readonly onSend?: (() => void) | undefined;
  /** Other secrets in the request, e.g. a client secret. Redacted like the API key. */
  readonly secrets?: readonly string[] | undefined;
  /** What responses may still have, in bytes; shared by the calls of a load. */
  readonly budget?: { bytesLeft: number } | undefined;
}

export interface Procedure {
  /** `gitpod.v1.<Service>/<Method>` */
  readonly path: string;
  /** Whether the API marks it `NO_SIDE_EFFECTS`, so that it may be retried. */
  readonly noSideEffects: boolean;
}

/**
 * One unary call of the Connect protocol in JSON: `POST {apiUrl}/{service}/{method}`. Waits for its turn, follows
 * redirects that are allowed, and retries if that is safe.
 *
 * @param request the message as JSON; the API requires at least `{}`
 * @returns the response's JSON object, not yet decoded; the key and `secrets` are redacted if the API echoes them
 * @throws OnaApiError, and nothing else
 */
export async function unaryCall(
  endpoint: ConnectEndpoint,
  procedure: Procedure,
  request: object,
  { signal, onRetry, onSend, secrets = [], budget = { bytesLeft: Infinity }, ...turn }: CallOptions,
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
      // Another request has hit a limit, which applies to this one as well.
      isRetrying = true;
      onRetry?.({ ...pause, askedFor: true });
    }
    const outcome: unknown = await gate
      .run(
        (own) => {
          onSend?.();
          return attempt(endpoint, procedure.path, request, redacted, { signal: own, budget });
        },
        signal,
        turn,
      )
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
    if (!procedure.noSideEffects || signal.aborted) {
      throw outcome;
    }
    if (outcome.problem === 'connectionLost' && mayBeStale) {
      // Harmless: the server closed an idle connection just as it was reused. Resend on a new one.
      resent = true;
      continue;
    }
    const { planRetry } = await import('./onDemand.ts');
    const retry = planRetry(outcome, retries++);
    if (retry === undefined) {
      throw outcome;
    }
    endpoint.log(`${outcome.method}: retrying in ${Math.round(retry.waitMs)} ms`);
    isRetrying = true;
    onRetry?.(retry);
    await gate.clock.sleep(retry.waitMs, signal).catch(() => {
      throw canceled(endpoint, procedure);
    });
  }
}

async function attempt(
  endpoint: ConnectEndpoint,
  path: string,
  request: object,
  secrets: readonly string[],
  { signal, budget }: { readonly signal: AbortSignal; readonly budget: { bytesLeft: number } },
): Promise<unknown> {
  const { apiUrl, gate, log } = endpoint;
  const method = methodOf(path);
  let url = new URL(`${apiUrl}/${path}`);
  const { sentFrom } = endpoint;
  const fail = (options: Problem) =>
    new OnaApiError({ ...options, method, host: url.host, ...(sentFrom && { sentFrom }) });
  const isKnownApi = gate.hasApiAnswered(apiUrl);
  const timeoutMs = Math.round(endpoint.timeoutMs());
  const timeout = AbortSignal.timeout(timeoutMs);
  const problemOf = async (error: unknown): Promise<Problem> => {
    const { transportProblem } = await import('./onDemand.ts');
    if (signal.aborted) {
      return { problem: 'canceled', code: 'canceled' };
    }
    const type = error instanceof FetchError ? error.type : undefined;
    return timeout.aborted
      ? { problem: 'timeout', code: 'deadline_exceeded', timeoutMs }
      : transportProblem(error, type, secrets, maxBytes);
  };
  const maxBytes = Math.min(MAX_ANSWER_BYTES, budget.bytesLeft);
  const startedAt = performance.now();
  try {
    if (maxBytes <= 0) {
      const { tooLarge } = await import('./onDemand.ts');
      throw fail(tooLarge(MAX_LOAD_MB));
    }
    for (let redirects = 0; ; redirects++) {
      const body = JSON.stringify(request);
      const both = AbortSignal.any([signal, timeout]);
      const response = await send(url, endpoint, { contentType: 'application/json', body }, maxBytes, both);
      const text = await response.text();
      budget.bytesLeft -= Buffer.byteLength(text);
      if (response.status === 307 || response.status === 308) {
        const { followRedirect } = await import('./onDemand.ts');
        url = followRedirect(response, url, redirects, { ...endpoint, secrets, isKnownApi }, fail);
        continue;
      }
      const answer = await readAnswer(response, text, { secrets, apiUrl, isKnownApi }, fail);
      log(`${method} ${response.status} ${elapsed(startedAt)}, ${text.length} characters`);
      return answer;
    }
  } catch (error) {
    const failure = error instanceof OnaApiError ? error : fail(await problemOf(error));
    if (failure.problem === 'answerTooLarge') {
      budget.bytesLeft -= Math.max(0, maxBytes);
    }
    log(`${failure.message}, ${elapsed(startedAt)}`);
    throw failure;
  }
}

/** The body of a request. */
export interface SentMessage {
  readonly contentType: string;
  readonly body: string | Buffer;
  /** How the response may be encoded; by default, compressed. */
  readonly acceptEncoding?: 'identity';
}

/** Sends one request, without following redirects. @throws a network error, or the signal's reason */
export function send(
  url: URL,
  { apiKey, userAgent }: Pick<ConnectEndpoint, 'apiKey' | 'userAgent'>,
  { contentType, body, acceptEncoding }: SentMessage,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Response> {
  // If the signal is already aborted, node-fetch raises an error that cannot be caught.
  signal.throwIfAborted();
  return fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': contentType,
      'Connect-Protocol-Version': '1',
      // Without this, VS Code's patched modules would open a new connection for every call.
      Connection: 'keep-alive',
      'User-Agent': userAgent,
      ...(acceptEncoding && { 'Accept-Encoding': acceptEncoding }),
    },
    body,
    compress: acceptEncoding === undefined,
    // If the library followed redirects, it would drop the key or send it to an untrusted host.
    redirect: 'manual',
    signal,
    size: maxBytes,
  });
}

function canceled({ apiUrl }: ConnectEndpoint, { path }: Procedure): OnaApiError {
  return new OnaApiError({
    problem: 'canceled',
    code: 'canceled',
    method: methodOf(path),
    host: new URL(apiUrl).host,
  });
}

/** The method name in a procedure's path, e.g. `ListRunners`. */
export function methodOf(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

function elapsed(startedAt: number): string {
  return `${Math.round(performance.now() - startedAt)} ms`;
}
