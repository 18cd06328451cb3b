import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { CallOptions } from '../../../../src/api/transport/connect.ts';
import { PageReader } from '../../../../src/inventory/load/pageReader.ts';
import { quiet } from '../../api/testClient.ts';
import { apiError, gate } from './memoryClient.ts';

describe('reading the lists of a load', () => {
  it('numbers a page by when its last attempt was sent, not by when it arrives', async () => {
    const reader = new PageReader({
      ...quiet,
      whenReady: () => Promise.resolve(),
      onChange: () => undefined,
    });
    const numbers: number[] = [];
    const read = (list: (options: CallOptions) => AsyncGenerator<string>) =>
      reader.read({
        list: async function* (options) {
          for await (const item of list(options)) {
            yield { items: [item], leftOut: [], nextToken: undefined };
          }
        },
        onPage: (_, request) => numbers.push(request),
        onLeftOut: () => undefined,
      });
    const [retried, answered] = [gate(), gate()];
    const slow = read(async function* ({ onSend, onRetry }) {
      onSend?.();
      await retried.opened;
      onSend?.();
      await answered.opened;
      onRetry?.(undefined);
      yield 'sent again before the other one';
    });
    retried.open();
    await Promise.resolve();
    await read(async function* ({ onSend }) {
      onSend?.();
      await Promise.resolve();
      yield 'sent last';
    });
    answered.open();
    await slow;
    assert.deepEqual(numbers, [3, 2]);
  });

  /** A list of pages, and what happens while it is read. */
  async function eventsOf(pages: readonly string[], onChange: () => void = () => undefined) {
    const events: string[] = [];
    const reader = new PageReader({
      ...quiet,
      whenReady: () => Promise.resolve(),
      onChange: () => {
        events.push('change');
        onChange();
      },
    });
    const read = (names: readonly string[]) =>
      reader.read({
        list: async function* ({ onSend }) {
          for (const [i, item] of names.entries()) {
            events.push(`send ${item}`);
            onSend?.();
            // As long as an answer takes.
            await setImmediate();
            await setImmediate();
            yield { items: [item], leftOut: [], nextToken: i < names.length - 1 ? 'next' : undefined };
          }
        },
        onPage: ({ items }) => events.push(`page ${items.join()}`),
        onLeftOut: () => undefined,
        onNextSent: ({ items }) => events.push(`after ${items.join()}`),
      });
    await read(pages);
    return { events, read };
  }

  it('requests the next page before it says that rows have changed, which may take long', async () => {
    const { events } = await eventsOf(['a', 'b']);
    assert.deepEqual(events, [
      'send a',
      'page a',
      'send b',
      'after a',
      'change',
      'page b',
      'after b',
      'change',
    ]);
  });

  it('says once that several pages have come', async () => {
    const { events, read } = await eventsOf([]);
    await Promise.all([read(['a', 'b']), read(['c', 'd'])]);
    assert.deepEqual(
      events.filter((event) => /page|change/.test(event)),
      ['page a', 'page c', 'change', 'page b', 'change', 'page d', 'change'],
    );
  });

  it('ends with the error of a listener', async () => {
    let changes = 0;
    const fail = () => {
      if (++changes === 1) {
        throw new Error('broken');
      }
    };
    await assert.rejects(eventsOf(['a', 'b'], fail), /broken/);
    await assert.rejects(
      eventsOf(['a'], () => {
        throw new Error('broken at the end');
      }),
      /broken at the end/,
    );
  });

  it('ends with the error of a listener even if the list fails later', async () => {
    const reader = new PageReader({
      ...quiet,
      whenReady: () => Promise.resolve(),
      onChange: () => {
        throw new Error('broken');
      },
    });
    const read = (fails: () => Promise<void>) =>
      reader.read({
        list: async function* () {
          yield { items: ['a'], leftOut: [], nextToken: 'next' };
          await fails();
        },
        onPage: () => undefined,
        onLeftOut: () => undefined,
      });
    await assert.rejects(
      read(() => Promise.reject(apiError())),
      /broken/,
      'while it is to be called',
    );
    await assert.rejects(
      read(async () => {
        await setImmediate();
        throw apiError();
      }),
      /broken/,
      'after it was called',
    );
  });
});
