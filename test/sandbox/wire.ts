import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { relay } from './relay.ts';

export interface Wire {
  /** The target's URL with the wire's port. */
  readonly url: string;
  /** TCP connections opened since the start or the last `resetRecords`. */
  readonly connections: number;
  /** Clears the count; open connections stay open. */
  resetRecords(): void;
  /** Also destroys open connections. */
  close(): Promise<void>;
}

/**
 * A slower route to a sandbox: it delays bytes by half of `latencyMs` in each direction, so every round trip takes at
 * least `latencyMs`, including those of a TLS handshake. A TCP handshake is not delayed: the wire's end is local.
 */
export async function startWire({
  target,
  latencyMs,
}: {
  /** The URL of a sandbox. */
  target: string;
  latencyMs: number;
}): Promise<Wire> {
  const { hostname: host, port } = new URL(target);
  const sockets = new Set<Socket>();
  let connections = 0;
  const open = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };

  const options = { allowHalfOpen: true, noDelay: true };
  const server = createServer(options, (client) => {
    connections += 1;
    const upstream = connect({ ...options, host, port: Number(port) });
    open(client);
    open(upstream);
    relay(client, upstream, latencyMs / 2);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    get connections() {
      return connections;
    },
    resetRecords() {
      connections = 0;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}
