import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { mock } from 'node:test';
import { watchNetwork } from '../../../src/base/networkChanges.ts';

type Interfaces = ReturnType<typeof os.networkInterfaces>;

describe('changes of the network', () => {
  let now: () => Interfaces;
  let changes: number;
  let watch: ReturnType<typeof watchNetwork>;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setInterval'] });
    mock.method(os, 'networkInterfaces', () => now());
    syncBuiltinESMExports();
    changes = 0;
  });
  afterEach(() => {
    watch.dispose();
    mock.timers.reset();
    mock.restoreAll();
    syncBuiltinESMExports();
  });

  const has =
    (...addresses: string[]) =>
    () =>
      ({ eth0: addresses.map((address) => ({ address })) }) as unknown as Interfaces;
  const fails = () => {
    throw new Error('uv_interface_addresses returned Unknown system error 13');
  };
  const start = (first: typeof now) => {
    now = first;
    watch = watchNetwork(() => changes++);
  };
  const become = (next: typeof now) => {
    now = next;
    mock.timers.tick(2_000);
    return changes;
  };

  it('are told once each, in any order of the addresses', () => {
    start(has('10.0.0.1', 'fe80::1'));
    assert.equal(become(has('fe80::1', '10.0.0.1')), 0);
    assert.equal(become(has('fe80::1')), 1);
    assert.equal(become(has('fe80::1')), 1);
    assert.equal(become(has('fe80::1', '10.0.0.1')), 2);
    watch.dispose();
    assert.equal(become(has()), 2);
  });

  it('are not known while the system cannot tell its addresses, which is no error', () => {
    start(fails);
    assert.equal(become(fails), 0);
    assert.equal(become(has('10.0.0.1')), 0);
    assert.equal(become(fails), 0);
    assert.equal(become(has('10.0.0.1')), 0);
    assert.equal(become(has('10.0.0.2')), 1);
  });
});
