import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ChangeTracker } from '../../src/inventory/changeTracker.ts';
import { jane } from '../unit/inventory/inventoryOf.ts';
import { MEDIUM } from './loadPlan.ts';
import { simulatedWindow } from './simulatedWindow.ts';

const HOUR = 3600;

export interface Notifications {
  readonly what: string;
  /** How often the runner went offline or came back. */
  readonly edits: number;
  /** How many changes were seen. */
  readonly changes: number;
  readonly notifications: number;
}

/**
 * Counts the notifications about one runner in an hour of simulated time.
 *
 * @param isOfflineAt whether the runner is offline then
 */
export async function notificationsInAnHour(
  what: string,
  isOfflineAt: (second: number) => boolean,
): Promise<Notifications> {
  const window = await simulatedWindow({ size: MEDIUM });
  const folder = await mkdtemp(join(tmpdir(), 'ona-scm-notified-'));
  const counts = { edits: 0, changes: 0, notifications: 0 };
  let [completed, compared] = [0, 0];
  const fail = (error: string | Error) => {
    throw new Error('What has changed could not be kept', { cause: error });
  };
  const kept = (name: string) => ({
    folder: join(folder, name),
    scope: () => Promise.resolve('scope'),
    log: fail,
  });
  const tracker = new ChangeTracker({
    session: { connection: undefined, account: jane, onDidChange: () => ({ dispose: () => undefined }) },
    inventory: window.inventory,
    kept: { log: kept('changes'), notified: kept('notified') },
    mayNotify: () => true,
    notify: () => counts.notifications++,
    logDefect: fail,
    clock: () => Date.now(),
  });
  window.inventory.onDidComplete(({ before, after }) => {
    completed += Number(before !== undefined && before.data !== after.data);
  });
  tracker.onDidChange(() => compared++);
  // What has changed before the first load is old news.
  await window.inventory.refresh('plain');
  let phase = window.runnerAt(0).phase;
  await window.pass(HOUR, async (second) => {
    const next = isOfflineAt(second) ? 'RUNNER_PHASE_INACTIVE' : 'RUNNER_PHASE_ACTIVE';
    if (next !== phase) {
      phase = next;
      counts.edits++;
      window.editRunner(0, { phase });
      await window.send({
        operation: 'RESOURCE_OPERATION_UPDATE_STATUS',
        resourceId: window.runnerAt(0).id,
      });
    }
    // Files are written in real time.
    while (compared < completed) {
      await setImmediate();
    }
  });
  counts.changes = (await tracker.read()).length;
  tracker.dispose();
  window.close();
  await rm(folder, { recursive: true, force: true });
  return { what, ...counts };
}
