import { Disposable, type Event, l10n, type TreeView, window } from 'vscode';
import { isOnaHost } from '../../account/apiUrl.ts';
import type { SessionStore } from '../../account/session.ts';
import type { Session } from '../../account/sessionState.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { InventoryState } from '../../inventory/model.ts';
import { type ContextKeys, setContextKey } from '../../platform/contextKeys.ts';
import { errorText, retryingText, retryText } from '../../platform/errorText.ts';
import { timeText } from '../../platform/language.ts';
import { plainLine } from '../../api/plainLine.ts';
import { IntegrationsTree, type TreeElement } from './integrationsTree.ts';
import type { RunnerGroups } from './runnerGroups.ts';

export const VIEW_ID = 'onaScm.integrations';

/** The "Integrations" view: rows, title, message, progress and the context keys, all from session and inventory. */
export class IntegrationsView implements Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #groups: RunnerGroups;
  readonly #tree = new IntegrationsTree();
  readonly #view: TreeView<TreeElement>;
  readonly #disposables: Disposable;
  #shownNodes: RunnerGroups['nodes'] | undefined;
  #progress = false;

  constructor(session: SessionStore, inventory: Inventory, groups: RunnerGroups) {
    this.#session = session;
    this.#inventory = inventory;
    this.#groups = groups;
    this.#view = window.createTreeView(VIEW_ID, { treeDataProvider: this.#tree, canSelectMany: true });
    this.#disposables = Disposable.from(
      this.#view,
      this.#tree,
      session.onDidChange(() => {
        this.#show();
        this.#loadIfWanted();
      }),
      groups.onDidChange(() => this.#show()),
      this.#view.onDidChangeVisibility(() => this.#loadIfWanted()),
    );
    this.#show();
  }

  get selection(): readonly TreeElement[] {
    return this.#view.selection;
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /** Goes on where the row stood that was chosen. */
  async showMore(): Promise<void> {
    const first = this.#tree.showMore();
    if (first !== undefined) {
      await this.#view.reveal(first, { focus: true, select: false });
    }
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
    const { state, nodes } = this.#groups;
    if (nodes !== this.#shownNodes) {
      this.#shownNodes = nodes;
      this.#tree.show(nodes);
    }
    const organization = session.kind === 'signedIn' ? session.account?.organizationName : undefined;
    this.#view.title = organization === undefined ? l10n.t('Integrations') : plainLine(organization, 60);
    const message = messageOf(state);
    if (this.#view.message !== message) {
      // Undefined, which the type lacks, is how the editor is told of no message.
      Object.assign(this.#view, { message });
    }
    // The state last: its welcome views read the others too.
    setContextKey('onaScm.ownHost', session.kind === 'signedOut' && !isOnaHost(session.apiUrl));
    setContextKey('onaScm.keyLost', session.kind === 'signedOut' && session.lost !== undefined);
    setContextKey('onaScm.canCancel', state.kind === 'loading' || 'retry' in state);
    setContextKey('onaScm.problem', 'error' in state ? state.error.problem : '');
    setContextKey('onaScm.state', stateKey(session, state));
    setContextKey('onaScm.loading', this.#inventory.isLoading);
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

/** One line above the rows: what is wrong, or what is waited for. */
function messageOf(state: InventoryState): string | undefined {
  switch (state.kind) {
    case 'signedOut':
    case 'failed':
      // A message beside no rows would hide the welcome view.
      return undefined;
    case 'loading': {
      const parts = [
        state.asOf && l10n.t('As of {0}.', asOfText(state.asOf)),
        state.retry && retryText(state.retry),
      ];
      return parts.filter((part) => part !== undefined).join(' ') || undefined;
    }
    case 'ready':
      return state.retry && retryText(state.retry);
    case 'stale':
      return staleMessage(state);
  }
}

function staleMessage({
  asOf,
  since,
  mayBeIncomplete,
  error,
  retry,
}: Extract<InventoryState, { kind: 'stale' }>): string {
  const time = minuteText(since);
  const reason = retry === undefined ? errorText(error) : retryingText(retry);
  if (mayBeIncomplete) {
    return l10n.t('May be incomplete since {0}: {1}', time, reason);
  }
  if (asOf !== undefined && !isSameDay(asOf, since)) {
    return l10n.t('As of {0}: {1}', asOfText(asOf), reason);
  }
  return asOf === undefined
    ? l10n.t('Incomplete since {0}: {1}', time, reason)
    : l10n.t('Stale since {0}: {1}', time, reason);
}

/** The time of day, with the date where that is not today's. */
function asOfText(date: Date): string {
  return isSameDay(date, new Date())
    ? minuteText(date)
    : timeText(date, { dateStyle: 'medium', timeStyle: 'short' });
}

function minuteText(date: Date): string {
  return timeText(date, { hour: '2-digit', minute: '2-digit' });
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}
