import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An envelope of a Connect stream. */
export function envelope(message: unknown, flags = 0): Buffer {
  const body = Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(flags);
  prefix.writeUInt32BE(body.length, 1);
  return Buffer.concat([prefix, body]);
}

/** The last envelope of a stream. */
export function endOf(error?: object, metadata?: object): Buffer {
  return envelope({ ...(error && { error }), ...(metadata && { metadata }) }, 2);
}

export interface StreamServer {
  readonly url: string;
  /** The bodies of the requests. */
  readonly bodies: readonly Buffer[];
  readonly headers: readonly IncomingMessage['headers'][];
  /** Resolves when a response has ended or its connection is closed. */
  readonly closed: Promise<void>;
  /** Ends the last response with these bytes. */
  finish(bytes: Buffer): void;
  close(): Promise<void>;
}

/** A server that answers every request as a test wants. */
export async function startStreamServer(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<StreamServer> {
  const bodies: Buffer[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let last: ServerResponse | undefined;
  let setClosed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (setClosed = resolve));
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    last = response.once('close', setClosed);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      bodies.push(Buffer.concat(chunks));
      headers.push(request.headers);
      answer(response, request);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    bodies,
    headers,
    closed,
    finish: (bytes) => void last?.end(bytes),
    async close() {
      const ended = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

/** Opens a stream. */
export function accept(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/connect+json' }).flushHeaders();
}
