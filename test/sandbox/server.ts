import { once, setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { JsonValue } from '@bufbuild/protobuf';
import { createContextKey, createContextValues, type ConnectError } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { accountKey, accountOf, requireAccount } from './accounts.ts';
import { Connections } from './connections.ts';
import { control } from './control.ts';
import { dashboard, GIT_AUTHENTICATIONS_PATH } from './dashboard.ts';
import { disturb } from './disturb.ts';
import { EventStreams } from './eventStreams.ts';
import { connectErrorOf, performFault, takeFault } from './fault.ts';
import { faultedCallOf } from './faultedCall.ts';
import { apiPrefix, methodAt } from './methods.ts';
import { readBody } from './readBody.ts';
import { sandboxRoutes } from './routes.ts';
import { sampleOrganization } from './sampleOrganization.ts';
import type { RecordedRequest, Sandbox, SandboxOptions } from './sandbox.ts';

const faultKey = createContextKey<ConnectError | undefined>(undefined);

/** A local Ona API: the reference Connect server over test/sandbox/proto, with faults and records for tests. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const startedAt = performance.now();
  const closing = new AbortController();
  // Each delayed request listens, however many there are.
  setMaxListeners(0, closing.signal);
  const connectFaults = new WeakMap<object, ConnectError>();
  const streams = new EventStreams();
  const requests: RecordedRequest[] = [];
  let largeBytesWritten = 0;
  let inFlight = 0;

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch((error: unknown) => {
      // The client disconnected, or the sandbox closed meanwhile: there is no one to answer.
      if (!request.socket.destroyed && !closing.signal.aborted) {
        console.error('sandbox:', error);
        request.socket.destroy();
      }
    });
  };
  const server = options.tls === undefined ? createServer(answer) : createTlsServer(options.tls, answer);
  const connections = new Connections(server);
  // Longer than any test idles, so that a new connection is always the client's doing.
  server.keepAliveTimeout = 300_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  const scheme = options.tls === undefined ? 'http' : 'https';
  const origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const apiKey = options.apiKey ?? 'sandbox-api-key';
  const sandbox: Sandbox = {
    url: `${origin}${apiPrefix}`,
    controlUrl: `${origin}/sandbox`,
    apiKey,
    keys: new Map([[apiKey, { principal: 'user' }]]),
    organization: options.organization ?? sampleOrganization(),
    latencyMs: options.latencyMs ?? 0,
    keepAliveMs: options.keepAliveMs ?? 15_000,
    get openStreams() {
      return streams.open;
    },
    emit: (...events) => streams.emit(events),
    endStreams: (error) => streams.end(error),
    faults: new Map(),
    requests,
    get connections() {
      return connections.opened;
    },
    get largeBytesWritten() {
      return largeBytesWritten;
    },
    dropIdleConnections: () => connections.resetIdle(),
    resetRecords() {
      requests.length = 0;
      connections.opened = 0;
      largeBytesWritten = 0;
    },
    async close() {
      if (closing.signal.aborted) {
        return;
      }
      closing.abort();
      const closed = once(server, 'close');
      server.close();
      connections.destroyAll();
      await closed;
    },
  };

  const adapter = connectNodeAdapter({
    requestPathPrefix: apiPrefix,
    routes: (router) => sandboxRoutes(router, sandbox, streams),
    // By default Connect ignores unknown names, and would hide a client's misspelling.
    jsonOptions: { ignoreUnknownFields: false },
    contextValues: (request) => createContextValues().set(faultKey, connectFaults.get(request)),
    // Before the body is parsed: a wrong key is rejected regardless of the body.
    requestGate: ({ values, requestHeader }) => {
      const fault = values.get(faultKey);
      if (fault !== undefined) {
        throw fault;
      }
      values.set(accountKey, requireAccount(accountOf(sandbox.keys, requestHeader.get('authorization'))));
    },
    fallback: (_request, response) => {
      response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><title>404 Not Found</title><h1>Not Found</h1>\n');
    },
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path } = new URL(request.url ?? '/', origin);
    const { remotePort = 0 } = request.socket;
    const reused = connections.count(request, response);
    if (path === '/sandbox') {
      await control(sandbox, request, response);
      return;
    }
    if (path === GIT_AUTHENTICATIONS_PATH) {
      await dashboard(sandbox, request, response);
      return;
    }
    const { latencyMs } = sandbox;
    const arrival = { at: performance.now() - startedAt, inFlight: (inFlight += 1) };
    const bytes = await readBody(request);
    const method = methodAt(path);
    const isStream = method === 'WatchEvents';
    const answered = () => {
      response.off('close', answered);
      inFlight -= 1;
    };
    response.once('close', answered);
    // A stream has envelopes: one byte of flags, and four of the length.
    const body = parseJson(isStream ? bytes.subarray(5) : bytes);
    const headers = recordedHeaders(request, sandbox.keys);
    requests.push({ method, path, httpMethod: request.method ?? '', headers, body, remotePort, ...arrival });

    const fault = method && takeFault(sandbox.faults, method, faultedCallOf(body, reused));
    const delayMs = latencyMs + (fault?.kind === 'slow' ? fault.ms : 0);
    if (delayMs > 0) {
      await delay(delayMs, undefined, { signal: closing.signal });
    }
    if (response.destroyed) {
      return;
    }
    if (isStream) {
      // It is answered as soon as it is opened.
      answered();
    }
    if (fault?.kind === 'stream') {
      disturb(response, fault, () => connections.reset(request));
    } else if (fault !== undefined && fault.kind !== 'connect' && fault.kind !== 'slow') {
      await performFault(fault, response, {
        reset: () => connections.reset(request),
        onLargeWrite: (written) => (largeBytesWritten += written),
      });
      return;
    }
    if (fault?.kind === 'connect') {
      connectFaults.set(request, connectErrorOf(fault));
    }
    // Recording consumed the body; this lets the adapter read it again.
    request[Symbol.asyncIterator] = () => Readable.from([bytes]).iterator();
    adapter(request, response);
  }

  return sandbox;
}

function recordedHeaders({ headers }: IncomingMessage, keys: Sandbox['keys']): RecordedRequest['headers'] {
  const { authorization } = headers;
  const present = accountOf(keys, authorization) === undefined ? 'invalid' : 'valid';
  return {
    authorization: authorization === undefined ? 'absent' : present,
    connection: headers.connection,
    contentType: headers['content-type'],
    userAgent: headers['user-agent'],
  };
}

function parseJson(bytes: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(bytes.toString()) as JsonValue;
  } catch {
    // Recorded as not JSON; the adapter reports it.
    return undefined;
  }
}
