import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { MINUTE, ready, stateOf } from '../autoRefreshWorld.ts';
import { liveWorld, openWorld, pass } from './liveWorld.ts';

const RUNNER = '0198a1d2-0000-7000-8000-000000000001';

describe('live updates, whatever happens meanwhile,', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  it('read the lists although some runners have been loaded since', async () => {
    const { self, stream, load, change } = await liveWorld();
    await stream.accept();
    change({ isPartial: true });
    load(ready);
    change({ isPartial: false });
    await pass(2 * MINUTE);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('repeat nothing once nothing can be seen any more, even if that was being read', async () => {
    const { self, stream, change } = await openWorld();
    let end: (isRead: boolean) => void = () => assert.fail('nothing is read');
    self.read = () => new Promise((resolve) => (end = resolve));
    await stream.send({ resourceId: RUNNER });
    await pass(1_000);
    change({ visible: false });
    end(true);
    await pass(MINUTE);
    assert.equal(self.rereads.length, 1);
  });

  it('read the lists at most once a minute if that fails, even after sleep', async () => {
    const { self, load, clock } = await openWorld();
    clock.wall = 8 * 60 * MINUTE;
    await pass(5_000);
    assert.deepEqual(self.plans, ['plain']);
    load(stateOf('noPermission', 'stale'));
    await pass(59_000);
    assert.deepEqual(self.plans, ['plain']);
    await pass(2_000);
    assert.deepEqual(self.plans, ['plain', 'plain']);
  });

  it('read the lists a minute later if somebody has canceled that', async () => {
    const { self, stream, change } = await liveWorld();
    await stream.accept();
    change({ isLoading: true });
    change({ isLoading: false });
    await pass(59_000);
    assert.deepEqual(self.plans, []);
    await pass(2_000);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('leave no timer behind if the window closes while something is read', async () => {
    const { self, stream, autoRefresh } = await openWorld();
    let end: (isRead: boolean) => void = () => assert.fail('nothing is read');
    self.read = () => new Promise((resolve) => (end = resolve));
    await stream.send({ resourceId: RUNNER });
    await pass(1_000);
    autoRefresh.dispose();
    end(false);
    await pass(10 * MINUTE);
    assert.deepEqual(self.plans, []);
  });
});
