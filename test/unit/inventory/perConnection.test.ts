import assert from 'node:assert/strict';
import type { Connection } from '../../../src/account/sessionState.ts';
import { Emitter } from '../../../src/base/event.ts';
import { PerConnection } from '../../../src/inventory/perConnection.ts';

describe('a value of a connection', () => {
  it('is not made again after it is disposed, so that nobody uses the connection any more', () => {
    const connection = { apiUrl: 'https://api.example/api' } as Connection;
    const changed = new Emitter<never>();
    let made = 0;
    const values = new PerConnection(
      { connection, onDidChange: changed.event },
      () => ++made,
      () => undefined,
    );
    const held = values.hold();
    assert.deepEqual([held?.value, held?.signal.aborted], [1, false]);
    values.dispose();
    assert.deepEqual([held?.signal.aborted, values.hold(), made], [true, undefined, 1]);
  });
});
