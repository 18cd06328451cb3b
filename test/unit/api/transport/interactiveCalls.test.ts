import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { OnaApiError } from '../../../../src/api/transport/errors.ts';
import { RequestGate, type Turn } from '../../../../src/api/transport/requestGate.ts';
import { HeldClock, orAborted, quiet } from '../testClient.ts';

const INTERACTIVE: Turn = { isInteractive: true };
const MOVABLE: Turn = { isMovable: true };

/** A gate, and requests that are made until they are answered. */
function world() {
  const clock = new HeldClock();
  const gate = new RequestGate(clock);
  const made: string[] = [];
  const answers = new Map<string, () => void>();
  let inFlight = 0;
  let most = 0;
  const ask = (name: string, turn: Turn = {}, { signal } = quiet) =>
    gate.run(
      async (own) => {
        made.push(name);
        most = Math.max(most, ++inFlight);
        try {
          await orAborted(new Promise<void>((answer) => answers.set(name, answer)), own);
        } finally {
          inFlight--;
        }
      },
      signal,
      turn,
    );
  /** Requests of a load. */
  const load = async (count: number) => {
    for (let i = 0; i < count; i++) {
      void ask(`load ${i}`);
    }
    await setImmediate();
  };
  const answer = async (name: string) => {
    answers.get(name)?.();
    await setImmediate();
  };
  return { clock, gate, ask, load, answer, made, most: () => most };
}

describe('a request that a person waits for', () => {
  it('is made at once, however many of a load are not answered', async () => {
    const { ask, answer, made, most } = world();
    for (let i = 0; i < 20; i++) {
      void ask(`load ${i}`);
    }
    await setImmediate();
    assert.equal(made.length, 7);
    void ask('first', INTERACTIVE);
    void ask('second', INTERACTIVE);
    await setImmediate();
    assert.deepEqual(made.slice(7), ['first']);
    await answer('first');
    assert.deepEqual(made.slice(7), ['first', 'second']);
    await answer('second');
    assert.equal(made.length, 9, 'its place stays free');
    await answer('load 3');
    assert.deepEqual(made.slice(9), ['load 7']);
    assert.equal(most(), 8);
  });

  it('is one of at most eight, and takes the next place that becomes free', async () => {
    const { ask, answer, made, most } = world();
    for (let i = 0; i < 3; i++) {
      void ask(`load ${i}`);
    }
    await setImmediate();
    for (let i = 0; i < 8; i++) {
      void ask(`own ${i}`, INTERACTIVE);
    }
    await setImmediate();
    assert.equal(made.length, 8);
    await answer('load 0');
    assert.equal(made.at(-1), 'own 5');
    assert.equal(most(), 8);
  });

  it('waits for a time that the API has asked for, as any other', async () => {
    const { clock, gate, ask, made } = world();
    const options = { method: 'ListRunners', host: 'api.example' };
    gate.pauseFor(
      new OnaApiError({ problem: 'limit', code: 'resource_exhausted', retryAfterMs: 2000, ...options }),
    );
    void ask('own', INTERACTIVE);
    void ask('load');
    await clock.sleeping(2);
    clock.advance(1999);
    await setImmediate();
    assert.deepEqual(made, []);
    clock.advance(1);
    await setImmediate();
    assert.deepEqual(made, ['own', 'load']);
  });
});

describe('a request that can be moved', () => {
  it('has the place kept for what a person waits for, as long as nobody needs it', async () => {
    const { ask, load, answer, made, most } = world();
    await load(7);
    void ask('first', MOVABLE);
    void ask('second', MOVABLE);
    await setImmediate();
    assert.deepEqual(made.slice(7), ['first'], 'there is one such place');
    await answer('first');
    void ask('third', MOVABLE);
    await setImmediate();
    assert.deepEqual(made.slice(8), ['third']);
    await answer('load 3');
    assert.deepEqual(made.slice(9), ['second']);
    assert.equal(most(), 8);
  });

  it('takes that place first', async () => {
    const { ask, load, made } = world();
    await load(6);
    void ask('movable', MOVABLE);
    void ask('load 6');
    await setImmediate();
    assert.deepEqual(made.slice(6), ['movable', 'load 6']);
  });

  it('leaves a place to those that cannot, even if all of them hang', async () => {
    const { ask, answer, made } = world();
    for (let i = 0; i < 7; i++) {
      void ask(`movable ${i}`, MOVABLE);
    }
    await setImmediate();
    assert.equal(made.length, 7);
    void ask('load 0');
    await setImmediate();
    assert.deepEqual(made.slice(7), ['load 0']);
    await answer('load 0');
    await answer('movable 0');
    void ask('movable 7', MOVABLE);
    void ask('load 1');
    await setImmediate();
    assert.deepEqual(made.slice(8), ['movable 7', 'load 1']);
  });

  it('makes room at once, and is made again when it is its turn', async () => {
    const { ask, load, answer, made, most } = world();
    await load(7);
    const moved = ask('movable', MOVABLE);
    void ask('load 7');
    await setImmediate();
    const own = ask('own', INTERACTIVE);
    await setImmediate();
    assert.deepEqual(made.slice(7), ['movable', 'own']);
    await answer('own');
    await own;
    await answer('load 0');
    assert.deepEqual(made.slice(9), ['load 7']);
    await answer('load 1');
    assert.deepEqual(made.slice(10), ['movable']);
    await answer('movable');
    await moved;
    assert.equal(most(), 8);
  });

  it('does not take the place while somebody needs it', async () => {
    const { ask, load, answer, made } = world();
    await load(7);
    void ask('own', INTERACTIVE);
    void ask('movable', MOVABLE);
    await setImmediate();
    assert.deepEqual(made.slice(7), ['own']);
    await answer('load 0');
    assert.deepEqual(made.slice(8), ['movable']);
  });

  it('is not moved if there is room for both', async () => {
    const { ask, load, answer, made } = world();
    await load(7);
    void ask('movable', MOVABLE);
    await setImmediate();
    await answer('load 0');
    void ask('own', INTERACTIVE);
    await setImmediate();
    assert.deepEqual(made.slice(7), ['movable', 'own']);
  });

  it('makes room while it waits for the time that the API has asked for', async () => {
    const { clock, gate, ask, load, made } = world();
    await load(7);
    const options = { method: 'ListRunners', host: 'api.example' };
    gate.pauseFor(
      new OnaApiError({ problem: 'limit', code: 'resource_exhausted', retryAfterMs: 2000, ...options }),
    );
    void ask('movable', MOVABLE);
    await clock.sleeping(1);
    void ask('own', INTERACTIVE);
    await clock.sleeping(2);
    clock.advance(2000);
    await setImmediate();
    assert.deepEqual(made.slice(7), ['own']);
  });

  it('ends for good once it is aborted, or fails', async () => {
    const { ask, load, made, gate } = world();
    await load(7);
    const abort = new AbortController();
    const aborted = ask('movable', MOVABLE, abort);
    await setImmediate();
    abort.abort();
    await assert.rejects(aborted, { name: 'AbortError' });
    await setImmediate();
    await assert.rejects(
      gate.run(() => Promise.reject(new Error('broken')), quiet.signal, MOVABLE),
      /broken/,
    );
    void ask('next', MOVABLE);
    await setImmediate();
    assert.deepEqual(made.slice(7), ['movable', 'next'], 'its place is free');
  });
});
