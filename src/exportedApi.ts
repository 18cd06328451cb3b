import { Disposable, type Event, EventEmitter } from 'vscode';
import type { Runner } from './api/runners.ts';
import type { ScmIntegration } from './api/scmIntegrations.ts';

/** What other extensions get from `activate()`; read-only, and without any secret. */
export interface OnaScmApi {
  readonly version: 1;
  snapshot(): InventorySnapshot;
  /** Fires when the snapshot changes; while loading as pages arrive, several at once where there are many rows. */
  readonly onDidChange: Event<InventorySnapshot>;
  /** Loads anew, or joins the load that is running; settles when nothing more is on its way, and never rejects. */
  refresh(): Promise<InventorySnapshot>;
}

export interface InventorySnapshot {
  readonly state: 'signedOut' | 'loading' | 'ready' | 'stale' | 'failed';
  /** When the last complete load ended. */
  readonly asOf?: Date;
  /** `code` is a Connect code, e.g. `unauthenticated`. */
  readonly error?: { readonly code: string; readonly message: string };
  readonly runners: readonly Runner[];
  readonly integrations: readonly ScmIntegration[];
}

/** Where the exported API gets its snapshots from once the application has started. */
export interface SnapshotSource {
  current(): InventorySnapshot;
  readonly onDidChange: Event<InventorySnapshot>;
  refresh(): Promise<InventorySnapshot>;
}

/** What other extensions see until the application has started. */
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

/** The exported API; the emitter behind it is disposed apart, out of other extensions' reach. */
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
