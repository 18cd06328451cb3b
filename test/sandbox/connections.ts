import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'node:net';

interface Connection {
  readonly socket: Socket;
  requests: number;
  inFlight: number;
}

/**
 * The open TCP connections of an HTTP or HTTPS server. They are found by the client's port, because a request over TLS
 * hides the underlying socket, the only one that can be reset.
 */
export class Connections {
  /** Opened since the start or the last assignment. */
  opened = 0;
  readonly #byPort = new Map<number, Connection>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.opened += 1;
      const port = socket.remotePort ?? 0;
      const connection = { socket, requests: 0, inFlight: 0 };
      this.#byPort.set(port, connection);
      socket.once('close', () => {
        // The client may have reused the port already.
        if (this.#byPort.get(port) === connection) {
          this.#byPort.delete(port);
        }
      });
    });
  }

  /** Counts a request until it is answered or its connection is gone; returns whether the connection was reused. */
  count({ socket: { remotePort } }: IncomingMessage, response: ServerResponse): boolean {
    const connection = this.#byPort.get(remotePort ?? 0);
    if (connection === undefined) {
      return false;
    }
    connection.requests += 1;
    connection.inFlight += 1;
    response.once('close', () => (connection.inFlight -= 1));
    return connection.requests > 1;
  }

  /** Resets, not closes, the connection, as a crashed proxy does. */
  reset({ socket: { remotePort } }: IncomingMessage): void {
    this.#byPort.get(remotePort ?? 0)?.socket.resetAndDestroy();
  }

  resetIdle(): void {
    for (const { socket, inFlight } of this.#byPort.values()) {
      if (inFlight === 0) {
        socket.resetAndDestroy();
      }
    }
  }

  destroyAll(): void {
    for (const { socket } of this.#byPort.values()) {
      socket.destroy();
    }
  }
}
