import { Disposable, type Event, EventEmitter } from 'vscode';
import type { Runner, ScmIntegration } from './api/schema.ts';
import type { Snapshots } from './snapshots.ts';

/** What other extensions get from `activate()`; read-only, and without any secret. */
export interface OnaScmApi {
  readonly version: 1;
  snapshot(): InventorySnapshot;
  /** Fires whenever the snapshot changes, page by page while loading. */
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

/** What other extensions see until the application has started. */
const NOTHING_YET: InventorySnapshot = Object.freeze({
  state: 'signedOut',
  runners: Object.freeze([]),
  integrations: Object.freeze([]),
});

/** The exported API; the emitter behind it is disposed apart, out of other extensions' reach. */
export function createExportedApi(started: Promise<Snapshots>): {
  readonly api: OnaScmApi;
  readonly subscriptions: Disposable;
} {
  const changed = new EventEmitter<InventorySnapshot>();
  let snapshots: Snapshots | undefined;
  void started.then((value) => {
    snapshots = value;
    value.onDidChange((snapshot) => changed.fire(snapshot));
  });
  const api = Object.freeze({
    version: 1,
    snapshot: () => snapshots?.current() ?? NOTHING_YET,
    onDidChange: changed.event,
    refresh: async () => (await started).refresh(),
  } as const);
  return { api, subscriptions: Disposable.from(changed) };
}
