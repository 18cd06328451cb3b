import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import type { Account } from '../../../src/account/account.ts';
import { Emitter } from '../../../src/base/event.ts';
import type { Change } from '../../../src/inventory/changes.ts';
import { ChangeTracker } from '../../../src/inventory/changeTracker.ts';
import type { CompletedLoad, InventoryData } from '../../../src/inventory/model.ts';
import { BASE, eu, github, us } from './comparedLoads.ts';
import { until } from './load/signInLoads.ts';

export const ACME: Account = {
  origin: 'https://ona.acme.example',
  apiUrl: 'https://ona.acme.example/api',
  organizationId: 'org-1',
  organizationName: 'Acme',
  sequence: 1,
};

export const WITHOUT_GITLAB: InventoryData = { ...BASE, integrations: [github] };
export const OFFLINE: InventoryData = { ...BASE, runners: [{ ...eu, phase: 'RUNNER_PHASE_INACTIVE' }, us] };

export const kinds = (changes: readonly Change[]) => changes.map(({ kind }) => kind);

/** Windows of the same machine, for the tests of a suite. */
export function trackedWindows() {
  let folder: string;
  let now: number;
  const opened: ChangeTracker[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-tracker-'));
    now = 0;
  });

  afterEach(async () => {
    opened.splice(0).forEach((tracker) => tracker.dispose());
    mock.timers.reset();
    await rm(folder, { recursive: true, force: true });
  });

  /** A window that shows an organization. */
  function window(
    options: {
      isVisible?: boolean;
      asOf?: Date;
      hasToWait?: boolean;
      logDefect?: (error: Error) => unknown;
    } = {},
  ) {
    let turn: () => void = () => undefined;
    const waited = new Promise<void>((resolve) => (turn = resolve));
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
      scope: async () => {
        await (options.hasToWait === true && name === 'notified' && waited);
        return 'scope-1';
      },
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
      /** Lets a window that has to wait for its turn to notify somebody have it. */
      turn,
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

  /** Lets time pass for timers, too. */
  async function pass(ms: number): Promise<void> {
    now += ms;
    mock.timers.tick(ms);
    await new Promise(setImmediate);
  }

  /** Waits until the windows have told everything that is due. */
  async function settle(): Promise<void> {
    let isDone = false;
    // That is done after the files of the turns were written.
    const written = Promise.all(opened.map((tracker) => tracker.forget([]))).then(() => (isDone = true));
    await until(() => {
      // A window may wait for the lock of a file.
      mock.timers.tick(20);
      return isDone;
    });
    await written;
    await new Promise(setImmediate);
  }

  return { window, pass, settle };
}
