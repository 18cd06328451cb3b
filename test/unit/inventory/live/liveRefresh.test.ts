import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { NO_DATA } from '../../../../src/inventory/model.ts';
import { autoRefreshWorld, MINUTE, ready, stateOf } from '../autoRefreshWorld.ts';
import { loadingState } from '../inventoryStates.ts';
import { until } from '../load/signInLoads.ts';
import { liveWorld, openWorld, pass, settle } from './liveWorld.ts';
import { TestStream } from './testStream.ts';

const RUNNER = '0198a1d2-0000-7000-8000-000000000001';

describe('live updates', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  it('begin once there are rows, over one stream', async () => {
    const world = autoRefreshWorld();
    world.change({ isLive: true, state: loadingState(NO_DATA) });
    await settle();
    assert.equal(world.stream.opened, 0);
    world.load(ready);
    await until(() => world.stream.opened > 0);
    world.load(ready);
    await settle();
    assert.deepEqual([world.stream.opened, world.stream.running], [1, 1]);
  });

  it('read the lists as soon as the stream is open, but not within a minute of the last time', async () => {
    const { self, stream } = await liveWorld();
    await pass(20_000);
    await stream.accept();
    await pass(39_000);
    assert.deepEqual(self.plans, []);
    await pass(2_000);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('do not read the lists again if a load has started since', async () => {
    const { self, stream, load } = await liveWorld();
    await stream.accept();
    load(ready);
    await pass(10 * MINUTE);
    assert.deepEqual(self.plans, []);
  });

  it('read the lists again if that has failed, a minute later', async () => {
    const { self, stream, load } = await liveWorld();
    await stream.accept();
    load(stateOf('unavailable', 'stale'));
    await pass(59_000);
    assert.deepEqual(self.plans, []);
    await pass(2_000);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('read what an event names, half a second later', async () => {
    const { self, stream } = await openWorld();
    await stream.send({ resourceId: RUNNER }, { resourceType: 'RESOURCE_TYPE_HOST_AUTHENTICATION_TOKEN' });
    mock.timers.tick(499);
    await settle();
    assert.deepEqual(self.rereads, []);
    mock.timers.tick(1);
    await settle();
    assert.deepEqual(self.rereads, [{ runners: [RUNNER], integrationsOf: [RUNNER], signIns: true }]);
    assert.deepEqual(self.plans, []);
  });

  it('read everything if an event names an integration that nobody knows', async () => {
    const { self, stream } = await openWorld();
    await stream.send({ resourceType: 'RESOURCE_TYPE_RUNNER_SCM_INTEGRATION', resourceId: 'new' });
    await pass(1_000);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('read nothing for what only keeps the stream alive, or is of no interest', async () => {
    const { self, stream } = await openWorld();
    await stream.keepAlive();
    await stream.send({ resourceType: 'RESOURCE_TYPE_PROJECT', resourceId: 'p' });
    await pass(MINUTE);
    assert.deepEqual([self.rereads, self.plans], [[], []]);
  });

  it('apply what happens during a load afterwards', async () => {
    const { self, stream, change } = await openWorld();
    change({ isLoading: true });
    await stream.send({ resourceId: RUNNER });
    await pass(5_000);
    assert.deepEqual(self.rereads, []);
    change({ isLoading: false });
    await pass(1_000);
    assert.equal(self.rereads.length, 1);
  });

  it('read the lists if what an event names could not be read', async () => {
    const { self, stream } = await openWorld();
    self.isReadable = false;
    await stream.send({ resourceId: RUNNER });
    await pass(61_000);
    assert.equal(self.rereads.length, 1);
    assert.deepEqual(self.plans, ['plain']);
  });

  describe('need a stream only while', () => {
    it('something can be seen', async () => {
      const { stream, change } = await openWorld();
      change({ visible: false });
      await settle();
      assert.equal(stream.running, 0);
      await pass(60 * MINUTE);
      assert.equal(stream.opened, 1);
      change({ isEditorVisible: true });
      await settle();
      assert.deepEqual([stream.opened, stream.running], [2, 1]);
      change({ isEditorVisible: false });
      await settle();
      assert.equal(stream.running, 0);
    });

    it('the window has had the focus in the last 10 minutes', async () => {
      const { stream, change } = await openWorld();
      change({ isFocused: false });
      await pass(10 * MINUTE - 5_000);
      assert.equal(stream.running, 1);
      await pass(10_000);
      assert.equal(stream.running, 0);
      change({ isFocused: true });
      await settle();
      assert.equal(stream.running, 1);
    });

    it('the setting is on', async () => {
      const { stream, change } = await openWorld();
      change({ isLive: false });
      await settle();
      assert.equal(stream.running, 0);
      change({ isLive: true });
      await until(() => stream.opened === 2);
      assert.equal(stream.running, 1);
    });

    it('somebody is signed in', async () => {
      const { stream, change } = await openWorld();
      change({ connection: undefined, state: stateOf('keyRefused') });
      await settle();
      assert.equal(stream.running, 0);
    });

    it('the network is there', async () => {
      const { stream, load } = await openWorld();
      load(stateOf('hostNotFound', 'stale'));
      await settle();
      assert.equal(stream.running, 0);
      load(ready);
      await settle();
      assert.equal(stream.running, 1);
    });

    it('the window is there', async () => {
      const { stream, autoRefresh, self } = await openWorld();
      await stream.send({ resourceId: RUNNER });
      autoRefresh.dispose();
      await pass(10 * MINUTE);
      assert.deepEqual([stream.running, stream.opened, self.rereads], [0, 1, []]);
    });
  });

  describe('whose stream ends', () => {
    it('open another one, later and later, and read the lists each time', async () => {
      const { stream, self } = await openWorld();
      for (const count of [2, 3, 4]) {
        await stream.end();
        await pass(60_000);
        assert.equal(stream.opened, count);
        await stream.accept();
      }
      await pass(MINUTE);
      assert.ok(self.plans.includes('plain'));
    });

    it('open another one although the timer fires a little early by the clock', async () => {
      const { stream, clock } = await openWorld();
      await stream.end();
      clock.monotonic -= 1;
      for (let ms = 0; ms < 1_500; ms++) {
        mock.timers.tick(1);
      }
      await settle();
      assert.equal(stream.opened, 2);
    });

    it('by a code that will not change stay without one, say so once in the log, and leave the timer on', async () => {
      const { stream, self, change } = await openWorld();
      await stream.end({ problem: 'refused', code: 'unimplemented' });
      await pass(60 * MINUTE);
      assert.equal(stream.opened, 1);
      assert.deepEqual(self.lines.length, 1);
      assert.match(self.lines[0] ?? '', /timer/);
      change({ intervalMs: MINUTE });
      await pass(5_000);
      assert.deepEqual(self.plans, ['plain']);
    });

    it('for good begin again with another key or address', async () => {
      const { stream, change } = await openWorld();
      await stream.end({ problem: 'noPermission', code: 'permission_denied' });
      const other = new TestStream();
      change({ connection: { client: other } });
      await until(() => other.opened > 0);
      assert.deepEqual([stream.opened, other.opened], [1, 1]);
    });

    it('for good begin again if the user turns them off and on', async () => {
      const { stream, change } = await openWorld();
      await stream.end({ problem: 'refused', code: 'unimplemented' });
      change({ isLive: false });
      change({ isLive: true });
      await until(() => stream.opened > 1);
      assert.equal(stream.running, 1);
    });

    it('without having delivered anything, twice in a row, stay without one', async () => {
      const { stream } = await liveWorld();
      await stream.accept();
      await stream.fallSilent();
      await pass(2_000);
      assert.equal(stream.opened, 2);
      await stream.accept();
      await stream.fallSilent();
      await pass(60 * MINUTE);
      assert.equal(stream.opened, 2);
    });

    it('by sleep open another one and read the lists at once', async () => {
      const { stream, self, clock } = await openWorld();
      clock.wall = 8 * 60 * MINUTE;
      await pass(5_000);
      assert.deepEqual([stream.opened, stream.running], [2, 1]);
      assert.deepEqual(self.plans, ['plain']);
    });
  });

  it('are not disturbed by a clock that is set back', async () => {
    const { stream, self, clock } = await openWorld();
    clock.wall = -8 * 60 * MINUTE;
    await stream.send({ resourceId: RUNNER });
    await pass(5_000);
    assert.equal(self.rereads.length, 2, 'at once, and once more because nothing new was there');
    assert.equal(stream.opened, 1);
  });
});
