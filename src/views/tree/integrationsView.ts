import { Disposable, l10n, type TreeView, window } from 'vscode';
import { isOnaHost } from '../../account/apiUrl.ts';
import type { Session, SessionStore } from '../../account/session.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { InventoryState } from '../../inventory/model.ts';
import { type ContextKeys, setContextKey } from '../../platform/contextKeys.ts';
import { errorText } from '../../platform/errorText.ts';
import { plainLine } from '../../api/plainLine.ts';
import { IntegrationsTree, type TreeElement } from './integrationsTree.ts';
import { groupByRunner, type RunnerNode } from './nodes.ts';

export const VIEW_ID = 'onaScm.integrations';

/** The "Integrations" view: rows, title, message, progress and the context keys, all from session and inventory. */
export class IntegrationsView implements Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #tree = new IntegrationsTree();
  readonly #view: TreeView<TreeElement>;
  readonly #disposables: Disposable;
  #nodes: readonly RunnerNode[] = [];
  #shownRows: InventoryState['rows'] | undefined;
  #progress = false;

  constructor(session: SessionStore, inventory: Inventory) {
    this.#session = session;
    this.#inventory = inventory;
    this.#view = window.createTreeView(VIEW_ID, { treeDataProvider: this.#tree, canSelectMany: true });
    this.#disposables = Disposable.from(
      this.#view,
      this.#tree,
      session.onDidChange(() => {
        this.#show();
        this.#loadIfWanted();
      }),
      inventory.onDidChange(() => this.#show()),
      this.#view.onDidChangeVisibility(() => this.#loadIfWanted()),
    );
    this.#show();
  }

  /** The rows as they stand, for commands without a row. */
  get nodes(): readonly RunnerNode[] {
    return this.#nodes;
  }

  get selection(): readonly TreeElement[] {
    return this.#view.selection;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** A window that never shows the view asks the API nothing. */
  #loadIfWanted(): void {
    const { kind } = this.#inventory.state;
    if (this.#view.visible && this.#session.current.kind === 'signedIn' && kind === 'loading') {
      void this.#inventory.refresh();
    }
  }

  #show(): void {
    const session = this.#session.current;
    const state = this.#inventory.state;
    if (state.rows !== this.#shownRows) {
      this.#shownRows = state.rows;
      this.#nodes = groupByRunner(state.rows);
      this.#tree.show(this.#nodes);
    }
    const organization = session.kind === 'signedIn' ? session.account?.organizationName : undefined;
    this.#view.title = organization === undefined ? l10n.t('Integrations') : plainLine(organization, 60);
    // A message beside no rows would hide the welcome view.
    const message = state.kind === 'stale' ? staleMessage(state) : undefined;
    if (this.#view.message !== message) {
      // Undefined, which the type lacks, is how the editor is told of no message.
      Object.assign(this.#view, { message });
    }
    // The state last: its welcome views read the others too.
    setContextKey('onaScm.ownHost', session.kind === 'signedOut' && !isOnaHost(session.apiUrl));
    setContextKey('onaScm.problem', 'error' in state ? state.error.problem : '');
    setContextKey('onaScm.state', stateKey(session, state));
    setContextKey('onaScm.signedIn', session.kind === 'signedIn');
    if (this.#inventory.isLoading && !this.#progress) {
      this.#progress = true;
      void window
        .withProgress({ location: { viewId: VIEW_ID } }, () => this.#inventory.whenIdle())
        .then(() => (this.#progress = false));
    }
  }
}

function stateKey(session: Session, state: InventoryState): ContextKeys['onaScm.state'] {
  if (session.kind !== 'signedIn') {
    return session.kind;
  }
  const empty = state.rows.runners.length === 0 && state.rows.integrations.length === 0;
  return state.kind === 'ready' && empty ? 'empty' : state.kind;
}

function staleMessage(state: Extract<InventoryState, { kind: 'stale' }>): string {
  const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const since = time.format(state.since);
  const reason = errorText(state.error);
  return state.asOf === undefined
    ? l10n.t('Incomplete since {0}: {1}', since, reason)
    : l10n.t('Stale since {0}: {1}', since, reason);
}
