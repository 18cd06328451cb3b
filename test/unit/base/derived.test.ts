import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Derived, type Urgency } from '../../../src/base/derived.ts';
import { Emitter } from '../../../src/base/event.ts';

interface Input {
  readonly name: string;
  /** Steps that each take longer than a slice. */
  readonly slices?: number;
  readonly urgency?: Urgency;
  readonly error?: unknown;
}

/** A derived name, and its history. */
function derivedName(first: Input, maxShare?: number) {
  const changed = new Emitter<void>();
  const self = { input: first, started: [] as string[], told: [] as string[], logged: [] as Error[] };
  const derived = new Derived<Input, string>({
    input: () => self.input,
    onDidChangeInput: [changed.event],
    isSameInput: (a, b) => a === b,
    urgency: (input) => input.urgency ?? 'next',
    compute: function* ({ name, slices = 0, error }) {
      self.started.push(name);
      for (let i = 0; i < slices; i++) {
        const until = performance.now() + 6;
        while (performance.now() < until) {
          // Busy-waits.
        }
        yield;
      }
      if (error !== undefined) {
        throw error as Error;
      }
      return name;
    },
    initial: 'nothing',
    ...(maxShare !== undefined && { maxShare }),
    log: (error) => self.logged.push(error),
  });
  derived.onDidChange((name) => self.told.push(name));
  const change = (input: Input) => {
    self.input = input;
    changed.fire();
  };
  return { self, derived, change };
}

describe('a derived value', () => {
  it('is there at once if its steps are done soon', () => {
    const { derived, change } = derivedName({ name: 'a' });
    assert.equal(derived.value, 'a');
    change({ name: 'b' });
    assert.equal(derived.value, 'b');
  });

  it('is computed in slices if it takes long, and stays as it was meanwhile', async () => {
    const { self, derived, change } = derivedName({ name: 'a' });
    change({ name: 'b', slices: 3 });
    assert.equal(derived.value, 'a');
    await derived.whenCurrent();
    assert.equal(derived.value, 'b');
    assert.deepEqual(self.told, ['b']);
  });

  it('is computed to its end under a stream of changes, then for the last of them', async () => {
    const { self, derived, change } = derivedName({ name: 'a', slices: 3 });
    change({ name: 'b' });
    change({ name: 'c' });
    await derived.whenCurrent();
    assert.deepEqual(
      [self.started, self.told],
      [
        ['a', 'c'],
        ['a', 'c'],
      ],
    );
  });

  it('is computed anew at once if the earlier one is not wanted any more', async () => {
    const { self, derived, change } = derivedName({ name: 'a', slices: 3 });
    change({ name: 'b', slices: 1, urgency: 'restart' });
    await derived.whenCurrent();
    assert.deepEqual([self.started, self.told], [['a', 'b'], ['b']]);
  });

  it('is not computed again for an input that is being computed', async () => {
    const { self, derived, change } = derivedName({ name: 'a' });
    const slow: Input = { name: 'b', slices: 3, urgency: 'restart' };
    change(slow);
    change(slow);
    await derived.whenCurrent();
    change(slow);
    assert.deepEqual(self.started, ['a', 'b']);
  });

  it('is not computed for an input that goes back to the one before', async () => {
    const first: Input = { name: 'a', urgency: 'restart' };
    const { self, derived, change } = derivedName(first);
    change({ name: 'b', slices: 3 });
    change(first);
    await derived.whenCurrent();
    assert.deepEqual([derived.value, self.told], ['a', []]);
  });

  describe('with throttled changes', () => {
    it('pauses in proportion to the time it took, unless a change is urgent', async () => {
      // Two slices of 6 ms cause a pause of two minutes.
      const { self, derived, change } = derivedName({ name: 'a', slices: 2 }, 1 / 10_000);
      await derived.whenCurrent();
      change({ name: 'b', urgency: 'throttled' });
      change({ name: 'c', urgency: 'throttled' });
      assert.equal(derived.value, 'a');
      change({ name: 'd' });
      assert.equal(derived.value, 'd');
      assert.deepEqual(self.started, ['a', 'd']);
    });

    it('pauses for a change that came meanwhile too, and for no shorter time after something cheap', async () => {
      const { self, change } = derivedName({ name: 'a', slices: 2 }, 1 / 10_000);
      change({ name: 'b', urgency: 'throttled' });
      while (self.told.length === 0) {
        await setImmediate();
      }
      assert.deepEqual(self.started, ['a']);
      change({ name: 'c' });
      change({ name: 'd', urgency: 'throttled' });
      assert.deepEqual(self.started, ['a', 'c']);
    });

    it('does not pause for long if somebody may be waiting', async () => {
      const { self, derived, change } = derivedName({ name: 'a', slices: 2 }, 1 / 10_000);
      await derived.whenCurrent();
      change({ name: 'b', urgency: 'soon' });
      change({ name: 'c', urgency: 'soon' });
      assert.equal(derived.value, 'a');
      await derived.whenCurrent();
      assert.deepEqual(self.started, ['a', 'c']);
    });

    it('takes up the last change after the pause', async () => {
      const { derived, change } = derivedName({ name: 'a', slices: 2 }, 1 / 3);
      await derived.whenCurrent();
      change({ name: 'b', urgency: 'throttled' });
      change({ name: 'c', urgency: 'throttled' });
      await derived.whenCurrent();
      assert.equal(derived.value, 'c');
    });
  });

  describe('whose steps throw', () => {
    for (const slices of [0, 2]) {
      it(`after ${slices} slices stays as it was, logs the error, and follows the next change`, async () => {
        const { self, derived, change } = derivedName({ name: 'a' });
        change({ name: 'b', slices, error: new TypeError('a defect') });
        await derived.whenCurrent();
        assert.deepEqual(
          [derived.value, self.told, self.logged.map(String)],
          ['a', [], ['TypeError: a defect']],
        );
        change({ name: 'c' });
        assert.equal(derived.value, 'c');
      });
    }

    it('takes up a change that came meanwhile', async () => {
      const { self, derived, change } = derivedName({ name: 'a' });
      change({ name: 'b', slices: 2, error: 'no error object' });
      change({ name: 'c' });
      await derived.whenCurrent();
      assert.deepEqual([derived.value, self.logged.map(String)], ['c', ['Error: no error object']]);
    });
  });

  it('lets nobody wait who waits while it is disposed, and tells nobody any more', async () => {
    const { self, derived, change } = derivedName({ name: 'a', slices: 5 });
    const waiting = [derived.whenCurrent(), derived.whenCurrent()];
    derived.dispose();
    await Promise.all(waiting);
    await derived.whenCurrent();
    change({ name: 'b' });
    await setImmediate();
    assert.deepEqual([self.started, self.told], [['a'], []]);
  });

  it('may change its own input while it tells of a value', async () => {
    const { self, derived, change } = derivedName({ name: 'a' });
    derived.onDidChange((name) => {
      if (name !== 'c') {
        change({ name: 'c', slices: name === 'b' ? 2 : 0 });
      }
    });
    change({ name: 'b' });
    await derived.whenCurrent();
    assert.deepEqual([derived.value, self.told], ['c', ['b', 'c']]);
  });
});

describe('an emitter', () => {
  it('calls every listener, however often it listens, until that is disposed', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const listener = (event: number) => heard.push(event);
    const first = emitter.event(listener);
    emitter.event(listener);
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(heard, [1, 1, 2]);
  });

  it('calls the others though one of them throws', async () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const thrown: unknown[] = [];
    const listeners = process.rawListeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', (error) => thrown.push(error.message));
    try {
      emitter.event(() => {
        throw new Error('a defect');
      });
      emitter.event((event) => heard.push(event));
      emitter.fire(1);
      assert.deepEqual(heard, [1]);
      await setImmediate();
      assert.deepEqual(thrown, ['a defect']);
    } finally {
      process.removeAllListeners('uncaughtException');
      listeners.forEach((listener) => process.on('uncaughtException', listener as () => void));
    }
  });
});
