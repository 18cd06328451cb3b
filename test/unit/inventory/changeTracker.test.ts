import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { accountFingerprint, accountId, type Account } from '../../../src/account/account.ts';
import { Emitter } from '../../../src/base/event.ts';
import type { Change } from '../../../src/inventory/changes.ts';
import { ChangeTracker } from '../../../src/inventory/changeTracker.ts';
import { integrationRef, refKey } from '../../../src/inventory/itemRef.ts';
import type { CompletedLoad, InventoryData } from '../../../src/inventory/model.ts';
import { BASE, eu, github, gitlab, us } from './comparedLoads.ts';
import { until } from './load/signInLoads.ts';

const ACME: Account = {
  origin: 'https://ona.acme.example',
  apiUrl: 'https://ona.acme.example/api',
  organizationId: 'org-1',
  organizationName: 'Acme',
  sequence: 1,
};

const WITHOUT_GITLAB: InventoryData = { ...BASE, integrations: [github] };
const OFFLINE: InventoryData = { ...BASE, runners: [{ ...eu, phase: 'RUNNER_PHASE_INACTIVE' }, us] };

describe('what has changed', () => {
  let folder: string;
  let now: number;
  const opened: { dispose(): unknown }[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-tracker-'));
    now = 0;
  });

  afterEach(async () => {
    opened.splice(0).forEach((one) => void one.dispose());
    mock.timers.reset();
    await rm(folder, { recursive: true, force: true });
  });

  /** A window that shows an organization. */
  function window(options: { isVisible?: boolean; asOf?: Date; logDefect?: (error: Error) => unknown } = {}) {
    const completed = new Emitter<CompletedLoad>();
    const session = new Emitter<never>();
    const self = {
      account: ACME as Account | undefined,
      isVisible: true,
      told: [] as (readonly Change[])[],
      last: undefined as InventoryData | undefined,
      sequence: 1,
      asOf: new Date('2026-11-28T08:00:00Z'),
      logDefect: (error: Error): unknown => assert.fail(error),
      ...options,
    };
    const kept = (name: string) => ({
      folder: join(folder, name),
      scope: () => Promise.resolve('scope-1'),
      log: (line: string) => assert.fail(line),
    });
    const tracker = new ChangeTracker({
      session: {
        connection: undefined,
        get account() {
          return self.account;
        },
        onDidChange: session.event,
      },
      inventory: { onDidComplete: completed.event },
      kept: { log: kept('changes'), notified: kept('notified') },
      mayNotify: () => self.isVisible,
      notify: (changes) => self.told.push(changes),
      logDefect: (error) => void self.logDefect(error),
      clock: () => now,
    });
    opened.push(tracker);
    let changes = 0;
    let loads = 0;
    tracker.onDidChange(() => changes++);
    return {
      self,
      tracker,
      /** A complete load, and all that follows from it. */
      load: async (data: InventoryData, before = self.last, isDone?: () => boolean): Promise<void> => {
        const seen = changes;
        const { asOf } = self;
        completed.fire({
          before: before && { data: before, asOf, sequence: self.sequence },
          after: { data, asOf, sequence: self.account?.sequence ?? 0 },
          at: new Date(asOf.getTime() + ++loads * 1_000),
        });
        self.last = data;
        if (before !== undefined && before !== data) {
          await until(isDone ?? (() => changes > seen));
        }
      },
      switchTo: (account: Account | undefined): void => {
        self.account = account;
        session.fire(undefined as never);
      },
    };
  }

  const kinds = (changes: readonly Change[]) => changes.map(({ kind }) => kind);

  it('is in the log and on the rows, also if it happened while no window was open', async () => {
    const { tracker, load } = window();
    await load(WITHOUT_GITLAB, BASE);
    await load(BASE);
    assert.deepEqual(kinds(await tracker.read()), ['integrationAdded', 'integrationRemoved']);
    assert.equal(tracker.marks.of(refKey(integrationRef(gitlab)))?.kind, 'new');
    assert.deepEqual(tracker.since, new Date('2026-11-28T08:00:00Z'));
    const next = window();
    assert.deepEqual(kinds(await next.tracker.read()), ['integrationAdded', 'integrationRemoved']);
    assert.equal(next.tracker.marks.size, 0);
  });

  it('is found again after a load that could not be compared', async () => {
    const defects: Error[] = [];
    const { tracker, load } = window({ logDefect: (error) => defects.push(error) });
    await load(WITHOUT_GITLAB);
    const broken = { ...BASE, runners: [null as never] };
    await load(broken, WITHOUT_GITLAB, () => defects.length > 0);
    await load(BASE, WITHOUT_GITLAB);
    assert.deepEqual(kinds(await tracker.read()), ['integrationAdded']);
  });

  it('is nothing if there was nothing to compare with', async () => {
    const { tracker, load } = window();
    await load(BASE);
    assert.deepEqual(await tracker.read(), []);
    assert.equal(tracker.since, undefined);
  });

  it('is not said to be gone if another key may only see less', async () => {
    const { tracker, load, self } = window();
    await load(BASE);
    self.account = { ...ACME, sequence: 2 };
    await load(WITHOUT_GITLAB);
    const [change] = await tracker.read();
    assert.equal(change?.kind === 'integrationRemoved' && change.byVisibility, true);
  });

  it('is forgotten with the account, and its marks are gone in another one', async () => {
    const { tracker, load, switchTo } = window();
    await load(WITHOUT_GITLAB);
    await load(BASE);
    switchTo({ ...ACME, organizationId: 'org-2' });
    assert.equal(tracker.marks.size, 0);
    assert.deepEqual(await tracker.read(), []);
    switchTo(ACME);
    assert.equal((await tracker.read()).length, 1);
    await tracker.forget([accountFingerprint(accountId(ACME))]);
    assert.deepEqual(await tracker.read(), []);
    switchTo(undefined);
    assert.deepEqual(await tracker.read(), []);
  });

  describe('and can break clones', () => {
    /** Lets time pass for timers, too. */
    async function pass(ms: number): Promise<void> {
      now += ms;
      mock.timers.tick(ms);
      await new Promise(setImmediate);
    }

    beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));

    it('is told once it has lasted for a minute, if somebody can see it', async () => {
      const { self, load } = window();
      await load(BASE);
      await load(OFFLINE);
      await pass(59_000);
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
      assert.deepEqual(self.told, []);
    });

    it('is not told at the start', async () => {
      const { self, load } = window();
      await load(OFFLINE, BASE);
      await pass(600_000);
      assert.deepEqual(self.told, []);
    });

    it('is told when somebody can see it again', async () => {
      const { self, tracker, load } = window({ isVisible: false });
      await load(BASE);
      await load(OFFLINE);
      await pass(600_000);
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
      for (let i = 0; i < 50; i++) {
        await new Promise(setImmediate);
      }
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

    it('is told at most once a minute, however a runner flaps', async () => {
      const { self, load } = window();
      await load(BASE);
      for (let second = 0; second < 120; second++) {
        await load(second % 2 === 0 ? OFFLINE : BASE);
        await pass(1_000);
      }
      assert.deepEqual(self.told, [], 'nothing has lasted for a minute');
    });
  });
});
