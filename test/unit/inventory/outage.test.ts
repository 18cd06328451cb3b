import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { autoRefreshWorld, MINUTE, ready, stateOf } from './autoRefreshWorld.ts';

describe('refreshing without a network', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
  afterEach(() => mock.timers.reset());

  const OUTAGES = ['hostNotFound', 'connectionRefused', 'connectionLost', 'noConnection', 'timeout'] as const;

  for (const problem of OUTAGES) {
    for (const kind of ['failed', 'stale'] as const) {
      it(`tries again at most 8 s apart for 5 minutes, then every 30 s: ${problem}, ${kind}`, () => {
        const { self, load } = autoRefreshWorld();
        self.intervalMs = 10 * MINUTE;
        load(stateOf(problem, kind));
        const triesIn = (ms: number) => {
          const before = self.plans.length;
          let longest = 0;
          let since = 0;
          for (let passed = 0; passed < ms; passed += 250) {
            const tries = self.plans.length;
            mock.timers.tick(250);
            since += 250;
            if (self.plans.length > tries) {
              longest = Math.max(longest, since);
              since = 0;
              load(stateOf(problem, kind));
            }
          }
          return { tries: self.plans.length - before, longest };
        };
        const first = triesIn(10_000);
        assert.ok(first.tries >= 3, `${first.tries} tries in the first 10 s`);
        const short = triesIn(5 * MINUTE - 10_000);
        assert.ok(short.longest <= 8_000, `${short.longest} ms between two tries`);
        triesIn(MINUTE);
        const long = triesIn(10 * MINUTE);
        assert.ok(long.longest <= 30_250 && long.tries <= 27, `${long.tries} tries, ${long.longest} ms`);
        assert.deepEqual(new Set(self.plans), new Set(['plain']));
      });
    }
  }

  it('is quick again after the network has been back', () => {
    const { self, load } = autoRefreshWorld();
    self.intervalMs = 10 * MINUTE;
    for (let i = 0; i < 6; i++) {
      load(stateOf('hostNotFound'));
    }
    load(ready);
    load(stateOf('hostNotFound'));
    mock.timers.tick(1000);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('tries even if the interval is 0, but not while nothing is visible', () => {
    const { self, load, change } = autoRefreshWorld();
    self.intervalMs = 0;
    load(stateOf('hostNotFound', 'stale'));
    mock.timers.tick(1000);
    assert.deepEqual(self.plans, ['plain']);
    change({ visible: false });
    load(stateOf('hostNotFound', 'stale'));
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, ['plain']);
    change({ visible: true });
    mock.timers.tick(0);
    assert.deepEqual(self.plans, ['plain', 'plain']);
  });

  it('tries for an open panel that has nothing to show', () => {
    const { self, load, change } = autoRefreshWorld();
    change({ visible: false, hasEditor: true });
    load(stateOf('hostNotFound', 'stale'));
    mock.timers.tick(10 * MINUTE);
    assert.deepEqual(self.plans, []);
    load(stateOf('hostNotFound'));
    mock.timers.tick(2000);
    assert.deepEqual(self.plans, ['plain']);
  });

  it('stops soon after the last panel that has nothing to show is closed', () => {
    for (const failures of [1, 30]) {
      const { self, load, change, network } = autoRefreshWorld();
      change({ visible: false, hasEditor: true });
      load(stateOf('hostNotFound'));
      mock.timers.tick(failures === 1 ? 0 : 6 * MINUTE);
      load(stateOf('hostNotFound'));
      self.plans.length = 0;
      assert.equal(network.size, 1);
      // Nothing tells of that.
      self.hasEditor = false;
      mock.timers.tick(10_000);
      assert.equal(network.size, 0, 'looks for changes of the network');
      mock.timers.tick(10 * MINUTE);
      assert.deepEqual(self.plans, []);
    }
  });

  it('does not try when the network changes after that panel is closed', () => {
    const { self, load, change, changeNetwork, network } = autoRefreshWorld();
    change({ visible: false, hasEditor: true });
    load(stateOf('intermediary'));
    self.hasEditor = false;
    changeNetwork();
    assert.deepEqual([self.plans, network.size], [[], 0]);
  });

  it('tries at once when the network changes, and watches it only then', () => {
    const { self, load, change, changeNetwork, network } = autoRefreshWorld();
    load(ready);
    assert.equal(network.size, 0);
    load(stateOf('hostNotFound'));
    changeNetwork();
    assert.deepEqual(self.plans, ['reconnect']);
    change({ isLoading: true });
    changeNetwork();
    assert.deepEqual(self.plans, ['reconnect', 'reconnect'], 'a request that may never be answered');
    change({ isLoading: false, state: ready });
    assert.equal(network.size, 0);
    load(stateOf('intermediary'));
    change({ visible: false });
    assert.equal(network.size, 0);
  });

  it('tries at once when the user comes back, also after a sign-in to the network', () => {
    const { self, load, focus } = autoRefreshWorld();
    load(ready);
    focus();
    assert.deepEqual(self.plans, []);
    for (const problem of [...OUTAGES, 'intermediary', 'certificate', 'proxyAuthentication'] as const) {
      load(stateOf(problem));
      focus();
      assert.deepEqual(self.plans.splice(0), ['plain now'], problem);
    }
    for (const problem of ['keyRefused', 'unavailable', 'limit', 'wrongAddress'] as const) {
      load(stateOf(problem));
      focus();
      assert.deepEqual(self.plans, [], problem);
    }
    load(stateOf('intermediary', 'stale', 429));
    focus();
    assert.deepEqual(self.plans, [], 'a limit of a load balancer');
  });

  it('waits for the interval if something in between answers', () => {
    const { self, load } = autoRefreshWorld();
    load(stateOf('intermediary', 'stale'));
    mock.timers.tick(MINUTE - 1);
    assert.deepEqual(self.plans, []);
    mock.timers.tick(1);
    assert.deepEqual(self.plans, ['plain']);
  });
});
