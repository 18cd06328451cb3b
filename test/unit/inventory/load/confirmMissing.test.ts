import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { CallOptions } from '../../../../src/api/transport/connect.ts';
import { confirmMissing, type MissingItems } from '../../../../src/inventory/load/confirmMissing.ts';
import { quiet } from '../../api/testClient.ts';
import { apiError, gate } from './memoryClient.ts';

interface Item {
  readonly id: string;
}

const FOUND = { error: undefined, isOneResponse: true };

/** Asks about items that are missing until they are dropped, each in a request of its own. */
function world(count: number, { pages = 1, ...options }: Partial<MissingItems<Item>> = {}) {
  let items: readonly Item[] = Array.from({ length: count }, (_, i) => ({ id: String(i) }));
  const asked: string[] = [];
  let walks = 0;
  const done = confirmMissing<Item>({
    missing: (of = items) => Promise.resolve(of.filter((item) => items.includes(item))),
    isUnsure: () => Promise.resolve(false),
    drop: (gone) => {
      items = items.filter((item) => !gone.includes(item));
      return Promise.resolve();
    },
    requestsFor: (some) => Promise.resolve(some.map((item) => ({ runnerIds: [item.id], items: [item] }))),
    ask: ([id = '']) => {
      asked.push(id);
      return Promise.resolve(FOUND);
    },
    walk: () => {
      walks++;
      return Promise.resolve(undefined);
    },
    pages,
    ...options,
  });
  return { done, asked, walks: () => walks, left: () => items.length };
}

describe('asking for what a list misses', () => {
  afterEach(() => mock.restoreAll());

  it('asks by name if that takes no more requests than the list, or no more than four', async () => {
    for (const [count, pages, isNamed] of [
      [4, 1, true],
      [5, 1, false],
      [7, 7, true],
      [8, 7, false],
    ] as const) {
      const { done, asked, walks, left } = world(count, { pages });
      assert.equal(await done, undefined);
      const expected = isNamed ? [count, 0, 0] : [0, 1, 0];
      assert.deepEqual([asked.length, walks(), left()], expected, `${count} of ${pages} pages`);
    }
  });

  it('sends four requests at a time', async () => {
    const { opened, open } = gate();
    let running = 0;
    let most = 0;
    const { done, left } = world(10, {
      pages: 10,
      ask: async () => {
        most = Math.max(most, ++running);
        await opened;
        running--;
        return FOUND;
      },
    });
    await setImmediate();
    assert.equal(running, 4);
    open();
    await done;
    assert.deepEqual([most, left()], [4, 0]);
  });

  it('gives them ten seconds together, and does not show that they are tried again', async () => {
    const timeouts: number[] = [];
    const timeout = new AbortController();
    mock.method(AbortSignal, 'timeout', (ms: number) => {
      timeouts.push(ms);
      return timeout.signal;
    });
    const used: CallOptions[] = [];
    const { done } = world(2, {
      ask: (_, callOptions) => {
        used.push(callOptions({ ...quiet, onRetry: () => assert.fail('shown') }));
        return Promise.resolve(FOUND);
      },
    });
    await done;
    assert.deepEqual(timeouts, [10_000]);
    timeout.abort();
    assert.deepEqual(
      used.map(({ onRetry, signal }) => [onRetry, signal.aborted]),
      [
        [undefined, true],
        [undefined, true],
      ],
    );
  });

  it('asks for each runner alone if a response had no room for all', async () => {
    const alone: boolean[] = [];
    const { done, walks, left } = world(2, {
      requestsFor: (items, areAlone) => {
        alone.push(areAlone);
        return Promise.resolve(items.map((item) => ({ runnerIds: [item.id], items: [item] })));
      },
      ask: () => Promise.resolve({ error: undefined, isOneResponse: alone.length > 1 }),
    });
    await done;
    assert.deepEqual([alone, walks(), left()], [[false, true], 1, 0]);
  });

  it('asks nobody by name a second time if that has failed', async () => {
    let asked = 0;
    const { done, walks, left } = world(2, {
      ask: () => {
        asked++;
        return Promise.resolve({ error: apiError(), isOneResponse: false });
      },
    });
    await done;
    assert.deepEqual([asked, walks(), left()], [2, 1, 0]);
  });
});
