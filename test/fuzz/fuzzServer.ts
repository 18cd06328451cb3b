import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { methodAt, apiPrefix, type SandboxProcedure } from '../sandbox/methods.ts';
import type { Answer, Exchange } from './answers.ts';

/** A server with scripted answers. */
export interface FuzzServer {
  /** The API's base URL. */
  readonly url: string;
  /** Requests since the last `prepare`. */
  readonly requests: number;
  /** Requests that reached another server, the target of some redirects. */
  readonly strangersRequests: number;
  /**
   * From now on, answers each call from its own exchange, starting at the first answer. Past `MOST_REQUESTS` it answers
   * `{}`, so that a client in an endless loop terminates.
   */
  prepare(exchanges: Partial<Record<SandboxProcedure, Exchange>>): void;
  close(): Promise<void>;
}

/** A well-behaved client needs fewer requests per exchange, including retries and redirects. */
export const MOST_REQUESTS = 500;

const NOTHING: Exchange = { answers: [], thenRepeats: false };

const EMPTY: Answer = {
  status: 200,
  headers: { 'Content-Type': 'application/json' },
  body: Buffer.from('{}'),
  framing: 'length',
};

export async function startFuzzServer(): Promise<FuzzServer> {
  let prepared: Partial<Record<SandboxProcedure, Exchange>> = {};
  let asked = new Map<SandboxProcedure, number>();
  let last: SandboxProcedure = 'ListRunners';
  let requests = 0;
  let strangersRequests = 0;

  const stranger = await listen((_request, response) => {
    strangersRequests += 1;
    response.end('{}');
  });
  const own = await listen((request, response) => {
    // A redirect can change the method's path; it is still the same call.
    last = methodAt(request.url ?? '') ?? last;
    const count = asked.get(last) ?? 0;
    asked.set(last, count + 1);
    requests += 1;
    const { answers, thenRepeats } = (requests <= MOST_REQUESTS ? prepared[last] : undefined) ?? NOTHING;
    const answer = answers[count] ?? (thenRepeats ? answers.at(-1) : undefined) ?? EMPTY;
    request.resume().once('end', () => send(answer, request, response));
  });

  function send(
    { status, headers, body, framing }: Answer,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    for (const [name, value] of Object.entries(headers)) {
      response.setHeader(name, value.replaceAll('OWN', hostOf(own)).replaceAll('STRANGER', hostOf(stranger)));
    }
    const isCut = framing === 'cutLength' || framing === 'cutChunks';
    const hasLength = framing === 'length' || framing === 'cutLength';
    if (hasLength && status !== 204 && status !== 304) {
      response.setHeader('Content-Length', body.length + (isCut ? 1 : 0));
    }
    response.writeHead(status);
    if (isCut) {
      response.write(body, () => request.socket.destroy());
    } else {
      response.end(body);
    }
  }

  return {
    url: `http://${hostOf(own)}${apiPrefix}`,
    get requests() {
      return requests;
    },
    get strangersRequests() {
      return strangersRequests;
    },
    prepare(exchanges) {
      prepared = exchanges;
      asked = new Map();
      requests = 0;
    },
    async close() {
      await Promise.all([own, stranger].map(stop));
    },
  };
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  // Longer than any pause in a run: a connection that closes by itself would count as a finding.
  server.keepAliveTimeout = 300_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function hostOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
