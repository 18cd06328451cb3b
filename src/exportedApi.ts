import { Disposable, type Event, EventEmitter } from 'vscode';
import type { Runner, ScmIntegration } from './api/schema.ts';
import type { SessionStore } from './account/session.ts';
import type { Inventory } from './inventory/inventory.ts';
import { addressProblemText, errorText } from './platform/errorText.ts';

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

/** The exported API over session and inventory; what it listens to is disposed apart, out of other extensions' reach. */
export function createExportedApi(
  session: SessionStore,
  inventory: Inventory,
): {
  readonly api: OnaScmApi;
  readonly subscriptions: Disposable;
} {
  const changed = new EventEmitter<InventorySnapshot>();
  const snapshot = () => snapshotOf(session, inventory);
  const fire = () => changed.fire(snapshot());
  let sessionKind = session.current.kind;
  const subscriptions = Disposable.from(
    changed,
    inventory.onDidChange(fire),
    session.onDidChange(({ kind }) => {
      // A bad address is no state of the inventory, but one of the snapshot.
      if (kind === 'badAddress' || sessionKind === 'badAddress') {
        fire();
      }
      sessionKind = kind;
    }),
  );
  const api = Object.freeze({
    version: 1,
    snapshot,
    onDidChange: changed.event,
    refresh: () => inventory.refresh().then(snapshot),
  } as const);
  return { api, subscriptions };
}

function snapshotOf(session: SessionStore, inventory: Inventory): InventorySnapshot {
  const { current } = session;
  const { kind, rows, ...rest } = inventory.state;
  const { runners, integrations } = rows;
  if (current.kind === 'badAddress') {
    const error = { code: 'invalid_argument', message: addressProblemText(current.problem) };
    return Object.freeze({ state: 'failed', error, runners, integrations });
  }
  // A copy: a Date can be changed by whoever holds it.
  const asOf = 'asOf' in rest && rest.asOf ? new Date(rest.asOf) : undefined;
  const error = 'error' in rest ? { code: rest.error.code, message: errorText(rest.error) } : undefined;
  return Object.freeze({
    state: kind,
    ...(asOf && { asOf }),
    ...(error && { error }),
    runners,
    integrations,
  });
}
