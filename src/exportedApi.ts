import { Disposable, type Event, EventEmitter } from 'vscode';
import type { Runner } from './api/runners.ts';
import type { ScmIntegration } from './api/scmIntegrations.ts';
import type { AnswersJson, StatusJson } from './formats/statusJson.ts';

/** What other extensions get from `activate()`: read-only and without secrets. */
export interface OnaScmApi {
  readonly version: 1;
  snapshot(): InventorySnapshot;
  /**
   * Fires when the snapshot changes: during a load for every page, or for several at once if there are many rows; and when
   * only a status or an answer has changed. An item that has not changed is the same object as before.
   */
  readonly onDidChange: Event<InventorySnapshot>;
  /**
   * Loads again, or joins the running load. Resolves when no load is running and the statuses belong to the rows, and
   * never rejects.
   */
  refresh(): Promise<InventorySnapshot>;
}

export interface InventorySnapshot {
  readonly state: 'signedOut' | 'loading' | 'ready' | 'stale' | 'failed';
  /** When the last complete load ended. */
  readonly asOf?: Date;
  /** `code` is a Connect code, e.g. `unauthenticated`. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly runners: readonly ExportedRunner[];
  readonly integrations: readonly ExportedIntegration[];
  /** How many more there are that could not be read; absent if none. */
  readonly leftOut?: { readonly runners: number; readonly integrations: number };
}

/**
 * A runner with its status. `effectiveStatus` is the same as `status`. The `message` of a reason is a few words, as in the
 * runner's row.
 */
export type ExportedRunner = Runner & StatusJson;

/**
 * An integration with its status, in the same way, and what its runner answered. `effectiveStatus` is the worse of
 * `status` and its runner's.
 */
export type ExportedIntegration = ScmIntegration & StatusJson & AnswersJson;

/** Where the exported API gets its snapshots once the extension has started. */
export interface SnapshotSource {
  current(): InventorySnapshot;
  readonly onDidChange: Event<InventorySnapshot>;
  refresh(): Promise<InventorySnapshot>;
}

/** What other extensions see until the extension has started. */
const NOTHING_YET: InventorySnapshot = Object.freeze({
  state: 'signedOut',
  runners: Object.freeze([]),
  integrations: Object.freeze([]),
});

const NOT_STARTED: InventorySnapshot = Object.freeze({
  ...NOTHING_YET,
  state: 'failed',
  error: Object.freeze({ code: 'internal', message: 'SCM Integrations for Ona could not start.' }),
});

/**
 * Creates the exported API.
 *
 * @returns `subscriptions` separately, so that other extensions cannot dispose them
 */
export function createExportedApi(started: Promise<SnapshotSource>): {
  readonly api: OnaScmApi;
  readonly subscriptions: Disposable;
} {
  const changed = new EventEmitter<InventorySnapshot>();
  let current = () => NOTHING_YET;
  const ready = started.then(
    (snapshots) => {
      snapshots.onDidChange((snapshot) => changed.fire(snapshot));
      current = () => snapshots.current();
      return () => snapshots.refresh();
    },
    () => {
      current = () => NOT_STARTED;
      return () => Promise.resolve(NOT_STARTED);
    },
  );
  void ready.then(() => {
    const snapshot = current();
    if (snapshot.state !== NOTHING_YET.state) {
      changed.fire(snapshot);
    }
  });
  const api = Object.freeze({
    version: 1,
    snapshot: () => current(),
    onDidChange: changed.event,
    refresh: async () => (await ready)(),
  } as const);
  return { api, subscriptions: Disposable.from(changed) };
}
