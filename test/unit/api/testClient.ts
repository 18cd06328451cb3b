import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import type { ConnectEndpoint } from '../../../src/api/transport/connect.ts';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import { isAllowedRedirect } from '../../../src/account/apiUrl.ts';
import { type Clock, RequestGate } from '../../../src/api/transport/requestGate.ts';
import { OnaClient } from '../../../src/api/onaClient.ts';
import type { Page } from '../../../src/api/transport/paging.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** A call without abort, and without a retry listener. */
export const quiet = { signal: new AbortController().signal };
// Tests let many requests wait at the same time.
setMaxListeners(0, quiet.signal);

/** A clock that counts waits instead of waiting. */
export class TestClock implements Clock {
  /** Each wait, in ms. */
  readonly waits: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await orAborted(undefined, signal);
    this.waits.push(ms);
    this.#now += ms;
  }
}

/** A clock that advances only on request. */
export class HeldClock implements Clock {
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  readonly #watchers = new Set<() => void>();
  #now = 0;

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new Promise<void>((wake) => {
      this.#sleepers.add({ until: this.#now + ms, wake });
    });
    this.#watchers.forEach((look) => look());
    return orAborted(woken, signal);
  }

  /** Settles once `count` waits are under way. */
  async sleeping(count: number): Promise<void> {
    while (this.#sleepers.size < count) {
      await new Promise<void>((resolve) => {
        this.#watchers.add(resolve);
      });
    }
  }

  /** Advances by `ms`, and ends the waits that are due. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until <= this.#now) {
        this.#sleepers.delete(sleeper);
        sleeper.wake();
      }
    }
  }
}

/** Waits for `work`, or rejects with the signal's reason once it is aborted. */
export async function orAborted<T>(
  work: Promise<T> | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  signal.throwIfAborted();
  let abort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
  });
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** A client of the sandbox, every line that it logs, and its clock. */
export function clientOf(
  { url, apiKey }: Pick<Sandbox, 'url' | 'apiKey'>,
  { isKnownApi = false, ...options }: Partial<ConnectEndpoint> & { isKnownApi?: boolean } = {},
) {
  const lines: string[] = [];
  const clock = new TestClock();
  const gate = new RequestGate(clock);
  if (isKnownApi) {
    gate.setApiAnswered(url);
  }
  const client = new OnaClient({
    apiUrl: url,
    apiKey,
    // Longer than mocha's timeout: a test that reaches it fails either way.
    timeoutMs: () => 60_000,
    userAgent: 'ona-scm-tests/1.0',
    log: (line) => lines.push(line),
    mayRedirectTo: (target) => isAllowedRedirect(url, target),
    gate,
    sentFrom: undefined,
    ...options,
  });
  return { client, lines, clock };
}

/** The error of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<OnaApiError> {
  const outcome: unknown = await call.then(
    () => 'no error',
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof OnaApiError, `not an OnaApiError: ${String(outcome)}`);
  return outcome;
}

/** Every item of a list. */
export async function itemsOf<T>(pages: AsyncIterable<Pick<Page<T>, 'items'>>): Promise<T[]> {
  const all: T[] = [];
  for await (const { items } of pages) {
    all.push(...items);
  }
  return all;
}
