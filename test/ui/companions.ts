import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { actionTimeout } from './speed.ts';

/** The companion extension in the extension host of one window. Each reload of the window starts a new one. */
export class Companion {
  /** The process of the extension host. */
  readonly pid: number;
  readonly #socket: Socket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #calls = 0;

  constructor(pid: number, socket: Socket) {
    this.pid = pid;
    this.#socket = socket;
    socket.on('close', () => {
      for (const answer of this.#waiting.values()) {
        answer({ error: 'The extension host has ended' });
      }
      this.#waiting.clear();
    });
  }

  /** Whether the extension host runs. */
  get isAlive(): boolean {
    return !this.#socket.destroyed;
  }

  /** Ends the extension host: the server would keep it for hours, in case its window comes back. */
  async end(): Promise<void> {
    if (this.isAlive) {
      const closed = once(this.#socket, 'close');
      try {
        process.kill(this.pid, 'SIGKILL');
      } catch {
        // It has just exited.
      }
      await closed;
    }
  }

  /** Calls one of the methods of `companion/extension.cjs`. */
  async call(method: string, ...args: readonly unknown[]): Promise<unknown> {
    if (!this.isAlive) {
      throw new Error(`${method}: the extension host has ended`);
    }
    const id = (this.#calls += 1);
    const answered = new Promise<Answer>((answer) => this.#waiting.set(id, answer));
    this.#socket.write(`${JSON.stringify({ id, method, args })}\n`);
    const { result, error } = await within(actionTimeout, answered, `${method}: no answer`);
    if (error !== undefined) {
      throw new Error(`${method}: ${error}`);
    }
    return result;
  }

  answer(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id ?? 0);
    this.#waiting.delete(answer.id ?? 0);
    waiting?.(answer);
  }
}

/** How long a window may take until its extension host is running, in ms. */
const OPENING_TIMEOUT = 6 * actionTimeout;

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** What the companions of a server's windows connect to. */
export class Companions {
  readonly #server: Server;
  readonly #all: Companion[] = [];
  readonly #expecting: ((companion: Companion) => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#greet(socket));
  }

  static async listen(): Promise<Companions> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Companions(server);
  }

  /** The environment that a server's extension hosts need. */
  get environment(): Readonly<Record<string, string>> {
    return { COMPANION_PORT: String((this.#server.address() as AddressInfo).port) };
  }

  /** Those with a running extension host. */
  get alive(): readonly Companion[] {
    return this.#all.filter(({ isAlive }) => isAlive);
  }

  /** The companion of the window that is opened or reloaded next. */
  async next(): Promise<Companion> {
    const arrived = new Promise<Companion>((expect) => this.#expecting.push(expect));
    return within(OPENING_TIMEOUT, arrived, 'No extension host has started');
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    await Promise.all(this.alive.map((companion) => companion.end()));
    await closed;
  }

  #greet(socket: Socket): void {
    socket.on('error', () => undefined);
    let companion: Companion | undefined;
    createInterface({ input: socket }).on('line', (line) => {
      const message = JSON.parse(line) as Answer & { readonly pid: number };
      if (companion !== undefined) {
        companion.answer(message);
        return;
      }
      companion = new Companion(message.pid, socket);
      this.#all.push(companion);
      this.#expecting.shift()?.(companion);
    });
  }
}

/** Awaits a promise. Fails with this message if that takes longer than `ms` milliseconds. */
async function within<T>(ms: number, promise: Promise<T>, message: string): Promise<T> {
  const waiting = new AbortController();
  const late = delay(ms, undefined, { signal: waiting.signal }).then(() => {
    throw new Error(`${message} within ${ms / 1000} s`);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    waiting.abort();
    late.catch(() => undefined);
  }
}
