import assert from 'node:assert/strict';
import type { CallOptions } from '../../../../src/api/transport/connect.ts';
import { PageReader } from '../../../../src/inventory/load/pageReader.ts';
import { quiet } from '../../api/testClient.ts';
import { gate } from './memoryClient.ts';

describe('reading the lists of a load', () => {
  it('numbers a page by when its last attempt was sent, not by when it arrives', async () => {
    const reader = new PageReader({ ...quiet, ready: Promise.resolve(), onChange: () => undefined });
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
});
