import type { ResourceEvent } from '../../api/events.ts';
import type { OnaClient } from '../../api/onaClient.ts';
import type { OnaApiError } from '../../api/transport/errors.ts';
import type { Disposable } from '../../base/event.ts';
import type { Inventory } from '../inventory.ts';
import { EventQueue, type Reread } from './eventQueue.ts';
import { changedPartOf } from './changedPart.ts';
import { differenceTest } from './differenceTest.ts';
import {
  NO_STREAM,
  nextStreamState,
  type StreamError,
  type StreamInput,
  type StreamState,
} from './streamState.ts';

export interface LiveUpdatesOptions {
  readonly client: Pick<OnaClient, 'watchEvents'>;
  readonly inventory: Pick<Inventory, 'state' | 'isBusy' | 'onDidChange' | 'whenIdle' | 'refresh' | 'reread'>;
  /** Called when events may have been missed: the lists have to be read again. */
  readonly onGap: () => void;
  /** Receives a line if there will be no stream. */
  readonly log: (line: string) => void;
  /** Receives errors that are bugs in the extension. */
  readonly logDefect: (error: Error) => void;
  /** Milliseconds of a clock that is never set. */
  readonly now: () => number;
  readonly random: () => number;
}

/** A stream is dead after so many milliseconds without a message. The API sends something more often. */
const SILENCE_MS = 90_000;

/** A longer timer would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Keeps the stream of events of one connection open while it is wanted, and reads again what the events name. */
export class LiveUpdates implements Disposable {
  readonly #options: LiveUpdatesOptions;
  readonly #queue = new EventQueue();
  readonly #listener: Disposable;
  #state: StreamState = NO_STREAM;
  /** Ends the stream. */
  #stream: AbortController | undefined;
  #streamTimer: NodeJS.Timeout | undefined;
  #queueTimer: NodeJS.Timeout | undefined;
  #isReading = false;
  #isDisposed = false;

  constructor(options: LiveUpdatesOptions) {
    this.#options = options;
    this.#listener = options.inventory.onDidChange(() => this.#schedule());
  }

  /** Whether a stream is of use now. */
  setWanted(isWanted: boolean): void {
    this.#handle({ kind: 'wanted', isWanted });
  }

  /** Call when the machine may have slept: the stream may be dead without anybody noticing. */
  restart(): void {
    this.#handle({ kind: 'slept' });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listener.dispose();
    this.#close();
    clearTimeout(this.#queueTimer);
  }

  #handle(input: StreamInput): void {
    const { now, random, log } = this.#options;
    const before = this.#state;
    const after = (this.#state = nextStreamState(before, input, now(), random()));
    if (after === before || this.#isDisposed) {
      return;
    }
    switch (after.kind) {
      case 'connecting':
        this.#close();
        void this.#watch();
        break;
      case 'open':
        if (before.kind !== 'open') {
          this.#options.onGap();
        }
        break;
      case 'waiting':
        this.#close();
        this.#waitUntil(after.at);
        break;
      case 'idle':
      case 'off':
        this.#close();
        // Whatever has been missed is read when there is a stream again, or by the timer.
        this.#queue.clear();
        if (after.kind === 'off') {
          log('No live updates from this API: rows are refreshed by the timer only');
        }
    }
  }

  /** A timer may fire a little early by the other clock, and cannot wait for weeks. It is then set again. */
  #waitUntil(at: number): void {
    const leftMs = at - this.#options.now();
    if (leftMs <= 0) {
      this.#handle({ kind: 'due' });
    } else {
      this.#streamTimer = setTimeout(() => this.#waitUntil(at), Math.min(Math.ceil(leftMs), MAX_TIMER_MS));
    }
  }

  #close(): void {
    this.#stream?.abort();
    this.#stream = undefined;
    clearTimeout(this.#streamTimer);
  }

  async #watch(): Promise<void> {
    const stream = (this.#stream = new AbortController());
    /** Ignores a stream that has been replaced. */
    const handle = (input: StreamInput) => {
      if (this.#stream === stream) {
        this.#handle(input);
      }
    };
    try {
      const events = this.#options.client.watchEvents({
        signal: stream.signal,
        silenceMs: SILENCE_MS,
        onOpen: () => handle({ kind: 'opened' }),
      });
      for await (const event of events) {
        handle({ kind: 'message' });
        if (this.#stream === stream) {
          this.#add(event);
        }
      }
      handle({ kind: 'ended' });
    } catch (error) {
      handle({ kind: 'ended', error: this.#streamError(error) });
    }
  }

  #streamError(error: unknown): StreamError {
    const { name, code, problem, retryAfterMs } = error as Partial<OnaApiError>;
    if (name === 'OnaApiError' && code !== undefined) {
      return { code, isSilence: problem === 'timeout', retryAfterMs };
    }
    this.#options.logDefect(error instanceof Error ? error : new Error(String(error)));
    return { code: 'internal', isSilence: false };
  }

  #add(event: ResourceEvent): void {
    const change = changedPartOf(event, this.#options.inventory.state.data);
    if (change !== undefined) {
      this.#queue.add(change, this.#options.now());
      this.#schedule();
    }
  }

  /** Reads what is due, once no load is running. */
  #schedule(): void {
    clearTimeout(this.#queueTimer);
    const { inventory, now } = this.#options;
    const { nextAt } = this.#queue;
    if (nextAt === undefined || this.#isReading || this.#isDisposed || inventory.isBusy) {
      return;
    }
    this.#queueTimer = setTimeout(() => void this.#readDue(), Math.max(0, Math.ceil(nextAt - now())));
  }

  async #readDue(): Promise<void> {
    const { inventory, now, onGap, logDefect } = this.#options;
    const { kind, data } = inventory.state;
    const isKnown = (id: string) => data.integrations.some((one) => one.id === id);
    const reread = kind === 'ready' || kind === 'stale' ? this.#queue.take(now(), isKnown) : undefined;
    if (reread !== undefined) {
      this.#isReading = true;
      try {
        const before = inventory.state;
        const isRead = await this.#read(reread);
        if (this.#isDisposed) {
          return;
        }
        const isNew = differenceTest(before, inventory.state);
        if (isRead) {
          this.#queue.end((change) => isNew(change), now());
        } else {
          this.#queue.end(() => true, now());
          onGap();
        }
      } catch (error) {
        logDefect(error instanceof Error ? error : new Error(String(error)));
      }
      this.#isReading = false;
    }
    this.#schedule();
  }

  /** @returns whether all of it could be read */
  async #read({ runnerIds, allRunners, integrationsOf, signIns, lists }: Reread): Promise<boolean> {
    const { inventory } = this.#options;
    if (lists) {
      const { error } = await inventory.refresh('plain');
      return error === undefined;
    }
    return inventory.reread({ runners: allRunners ? 'all' : runnerIds, integrationsOf, signIns });
  }
}
