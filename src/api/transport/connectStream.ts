import { FetchError, type Response } from 'node-fetch';
import { parseJson, type Problem } from './answer.ts';
import { type ConnectEndpoint, methodOf, type Procedure, send } from './connect.ts';
import { type Envelope, enveloped, EnvelopeReader, MalformedEnvelope } from './envelopes.ts';
import { OnaApiError } from './errors.ts';
import { MAX_ANSWER_BYTES } from './limits.ts';

export interface StreamOptions {
  /** Ends the stream. It then has the problem `canceled`. */
  readonly signal: AbortSignal;
  /** Milliseconds without a message after which the stream counts as dead. */
  readonly silenceMs: number;
  /** Called when the API has accepted the stream. */
  readonly onOpen?: (() => void) | undefined;
}

/**
 * One stream of the Connect protocol in JSON, from server to client. It does not wait for its turn like a call, has no
 * timeout except for silence, and is not tried again.
 *
 * @param request the message as JSON
 * @returns the messages as JSON, not yet decoded; the key is redacted if the API echoes it. Ends when the API ends the
 *   stream without an error
 * @throws OnaApiError, and nothing else. Its code is also `unimplemented` if the response is not a stream, and
 *   `deadline_exceeded` after a silence
 */
export async function* serverStream(
  endpoint: ConnectEndpoint,
  procedure: Procedure,
  request: object,
  { signal, silenceMs, onOpen }: StreamOptions,
): AsyncGenerator<unknown, void, undefined> {
  const method = methodOf(procedure.path);
  const secrets = [endpoint.apiKey];
  const { apiUrl, sentFrom, log } = endpoint;
  let url = new URL(`${apiUrl}/${procedure.path}`);
  const fail = (problem: Problem) =>
    new OnaApiError({ ...problem, method, host: url.host, ...(sentFrom && { sentFrom }) });
  // The caller's signal may live longer, and must not keep what belongs to this stream.
  const over = new AbortController();
  const end = () => over.abort();
  signal.addEventListener('abort', end, { once: true });
  let isSilent = false;
  const fallSilent = () => {
    isSilent = true;
    end();
  };
  let silence = setTimeout(fallSilent, silenceMs);
  const startedAt = performance.now();
  let messages = 0;
  try {
    const response = await open();
    onOpen?.();
    log(`${method} ${response.status}, open after ${seconds(startedAt)}`);
    const reader = new EnvelopeReader();
    for await (const { isCompressed, isEnd, body } of envelopesOf(response, reader)) {
      if (isCompressed) {
        throw new MalformedEnvelope('a message is compressed, which was not asked for');
      }
      clearTimeout(silence);
      silence = setTimeout(fallSilent, silenceMs);
      const message = await parseJson(body.toString(), secrets);
      if (typeof message !== 'object' || message === null || Array.isArray(message)) {
        throw new MalformedEnvelope('a message is not a JSON object');
      }
      if (isEnd) {
        const { streamProblem } = await import('./onDemand.ts');
        const problem = await streamProblem(message, { apiUrl, secrets });
        if (problem !== undefined) {
          throw fail(problem);
        }
        log(`${method}: ended after ${seconds(startedAt)}, ${messages} messages`);
        return;
      }
      messages++;
      yield message;
    }
    const detail = `the stream was cut off${reader.isInside ? ' inside a message' : ''}`;
    throw fail({ problem: 'connectionLost', code: 'unavailable', detail });
  } catch (error) {
    const failure = error instanceof OnaApiError ? error : fail(await problemOf(error));
    log(`${failure.message}, after ${seconds(startedAt)}, ${messages} messages`);
    throw failure;
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', end);
    end();
  }

  /** The response, once it is known to be a stream. */
  async function open(): Promise<Response> {
    signal.throwIfAborted();
    for (let redirects = 0; ; redirects++) {
      const response = await send(
        url,
        endpoint,
        {
          contentType: 'application/connect+json',
          body: enveloped(JSON.stringify(request)),
          // Whatever compresses may also hold messages back.
          acceptEncoding: 'identity',
        },
        MAX_ANSWER_BYTES,
        over.signal,
      );
      // The library reports an abort to whoever reads the body, or to nobody.
      response.body?.on('error', () => undefined);
      if (isStream(response)) {
        return response;
      }
      const isKnownApi = endpoint.gate.hasApiAnswered(apiUrl);
      const context = { secrets, apiUrl, isKnownApi };
      const { followRedirect, noStreamProblem } = await import('./onDemand.ts');
      if (response.status === 307 || response.status === 308) {
        await response.text();
        url = followRedirect(response, url, redirects, { ...endpoint, secrets, isKnownApi }, fail);
        continue;
      }
      throw fail(await noStreamProblem(response, context));
    }
  }

  async function problemOf(error: unknown): Promise<Problem> {
    if (signal.aborted) {
      return { problem: 'canceled', code: 'canceled' };
    }
    if (isSilent) {
      return { problem: 'timeout', code: 'deadline_exceeded', timeoutMs: silenceMs };
    }
    if (error instanceof MalformedEnvelope) {
      return { problem: 'unexpectedAnswer', code: 'internal', httpStatus: 200, detail: error.message };
    }
    const { transportProblem } = await import('./onDemand.ts');
    const type = error instanceof FetchError ? error.type : undefined;
    return transportProblem(error, type, secrets, MAX_ANSWER_BYTES);
  }
}

function isStream({ status, headers }: Response): boolean {
  const encoding = headers.get('content-encoding') ?? 'identity';
  const type = headers.get('content-type') ?? '';
  return status === 200 && encoding === 'identity' && /^application\/connect\+json *(?:;|$)/i.test(type);
}

async function* envelopesOf({ body }: Response, reader: EnvelopeReader): AsyncGenerator<Envelope, void> {
  if (body !== null) {
    for await (const chunk of body) {
      yield* reader.read(chunk as Buffer);
    }
  }
}

function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
