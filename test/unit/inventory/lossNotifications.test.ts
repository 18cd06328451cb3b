import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { BASE, github } from './comparedLoads.ts';
import { until } from './load/signInLoads.ts';
import { ACME, kinds, OFFLINE, trackedWindows } from './trackedWindows.ts';

describe('what has changed and can break clones', () => {
  const { window, pass, settle } = trackedWindows();

  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));

  it('is told once it has lasted for a minute, if somebody can see it', async () => {
    const { self, load } = window();
    await load(BASE);
    await load(OFFLINE);
    await pass(59_000);
    await settle();
    assert.deepEqual(self.told, []);
    await pass(1_000);
    await until(() => self.told.length > 0);
    assert.deepEqual(self.told.map(kinds), [['phaseChanged']]);
  });

  it('is not told if it was undone', async () => {
    const { self, load } = window();
    await load(BASE);
    await load(OFFLINE);
    await pass(30_000);
    await load(BASE);
    await pass(600_000);
    await settle();
    assert.deepEqual(self.told, []);
  });

  it('is not told at the start', async () => {
    const { self, load } = window();
    await load(OFFLINE, BASE);
    await pass(600_000);
    await settle();
    assert.deepEqual(self.told, []);
  });

  it('is not told once the key is another one, or the organization is', async () => {
    const windows = [window(), window()] as const;
    for (const { load } of windows) {
      await load(BASE);
      await load(OFFLINE);
    }
    const [{ self: otherKey }, { switchTo: switchOrganization }] = windows;
    otherKey.account = { ...ACME, sequence: 2 };
    switchOrganization({ ...ACME, organizationId: 'org-2' });
    for (const { load } of windows) {
      await load({ ...OFFLINE, integrations: [github] });
    }
    await pass(600_000);
    await settle();
    assert.deepEqual(
      windows.map(({ self }) => self.told),
      [[], []],
    );
  });

  it('is told when somebody can see it again', async () => {
    const { self, tracker, load } = window({ isVisible: false });
    await load(BASE);
    await load(OFFLINE);
    await pass(600_000);
    await settle();
    assert.deepEqual(self.told, []);
    self.isVisible = true;
    tracker.remind();
    await new Promise(setImmediate);
    await pass(0);
    await until(() => self.told.length > 0);
  });

  it('is told by one of two windows', async () => {
    const windows = [window(), window()];
    for (const { load } of windows) {
      await load(BASE);
      await load(OFFLINE);
    }
    await pass(60_000);
    const told = () => windows.reduce((sum, { self }) => sum + self.told.length, 0);
    await until(() => told() > 0);
    // The other one asks for its turn after that, and does not get it.
    await settle();
    assert.equal(told(), 1);
    // Each has its own marks.
    assert.deepEqual(
      windows.map(({ tracker }) => tracker.marks.size),
      [1, 1],
    );
  });

  it('is told once, though another window looks later, and so is what only that one has seen', async () => {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
    const [first, second] = [window({ asOf: new Date(0) }), window({ asOf: new Date(0) })];
    const allGone = { ...OFFLINE, integrations: [github] };
    await first.load(BASE);
    await second.load(BASE);
    await first.load(OFFLINE);
    await pass(30_000);
    await second.load(allGone);
    await pass(30_000);
    await until(() => first.self.told.length > 0);
    while (second.self.told.length === 0) {
      await pass(1_000);
    }
    assert.deepEqual(first.self.told.map(kinds), [['phaseChanged']]);
    assert.deepEqual(second.self.told.map(kinds), [['integrationRemoved']]);
  });

  it('is not told once the window is closed, even if something was being compared', async () => {
    const { self, tracker, load } = window();
    await load(BASE);
    await load(OFFLINE);
    void load({ ...OFFLINE, integrations: [github] }, undefined, () => true);
    tracker.dispose();
    for (let second = 0; second < 120; second++) {
      await pass(1_000);
    }
    await settle();
    assert.deepEqual(self.told, []);
  });

  it('is not told if it is undone while the window waits for its turn', async () => {
    const { self, load, turn } = window({ hasToWait: true });
    await load(BASE);
    await load(OFFLINE);
    await pass(60_000);
    await load(BASE);
    turn();
    await settle();
    await pass(600_000);
    await settle();
    assert.deepEqual(self.told, []);
  });

  it('is not told of a runner that flaps, and is live in the end', async () => {
    // The pause between two notifications has to end too.
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
    const { self, load } = window();
    await load(BASE);
    for (let second = 0; second < 120; second++) {
      await load(second % 2 === 0 ? OFFLINE : BASE);
      await pass(1_000);
    }
    await pass(600_000);
    await settle();
    assert.deepEqual(self.told, [], 'nothing has lasted for a minute');
  });
});
