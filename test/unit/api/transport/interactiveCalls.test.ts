import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { OnaApiError } from '../../../../src/api/transport/errors.ts';
import { RequestGate } from '../../../../src/api/transport/requestGate.ts';
import { HeldClock, quiet } from '../testClient.ts';

describe('a request that a person waits for', () => {
  /** A gate, and requests that are made until they are answered. */
  function world() {
    const clock = new HeldClock();
    const gate = new RequestGate(clock);
    const made: string[] = [];
    const answers = new Map<string, () => void>();
    let inFlight = 0;
    let most = 0;
    const ask = (name: string, isInteractive = false) =>
      gate.run(
        async () => {
          made.push(name);
          most = Math.max(most, ++inFlight);
          await new Promise<void>((answer) => answers.set(name, answer));
          inFlight--;
        },
        quiet.signal,
        isInteractive,
      );
    const answer = async (name: string) => {
      answers.get(name)?.();
      await setImmediate();
    };
    return { clock, gate, ask, answer, made, most: () => most };
  }

  it('is made at once, however many of a load are not answered', async () => {
    const { ask, answer, made, most } = world();
    for (let i = 0; i < 20; i++) {
      void ask(`load ${i}`);
    }
    await setImmediate();
    assert.equal(made.length, 7);
    void ask('first', true);
    void ask('second', true);
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
      void ask(`own ${i}`, true);
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
    void ask('own', true);
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
