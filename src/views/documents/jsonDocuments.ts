import { Disposable, EventEmitter, l10n, type TextDocument, type Uri, workspace } from 'vscode';
import type { SessionStore } from '../../account/session.ts';
import { itemJson, jsonText } from '../../formats/jsonText.ts';
import { findItem } from '../../inventory/groups.ts';
import type { Watcher } from '../../inventory/autoRefresh.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type ItemRef, parseRefKey } from '../../inventory/itemRef.ts';
import { errorText } from '../../words/errors.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import { DOCUMENT_SCHEME } from '../../names.ts';

/** What the read-only JSON documents of integrations and runners hold. Those that are open follow the inventory. */
export class JsonDocuments implements Watcher, Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #groups: GroupedInventory;
  readonly #changed = new EventEmitter<readonly Uri[]>();
  /** These, which are open, may have another text now. */
  readonly onDidChange = this.#changed.event;
  readonly #opened = new EventEmitter<void>();
  readonly onDidStartWatching = this.#opened.event;
  readonly #disposables: Disposable;

  constructor(session: SessionStore, inventory: Inventory, groups: GroupedInventory) {
    this.#session = session;
    this.#inventory = inventory;
    this.#groups = groups;
    this.#disposables = Disposable.from(
      this.#changed,
      this.#opened,
      groups.onDidChange(() => this.#follow()),
      session.onDidChange(() => this.#follow()),
      // What changed while one was being opened did not reach it.
      workspace.onDidOpenTextDocument(({ uri }) => {
        if (uri.scheme === DOCUMENT_SCHEME) {
          this.#changed.fire([uri]);
          this.#opened.fire();
        }
      }),
    );
  }

  /** A document may be all that a window shows. */
  get isWatching(): boolean {
    return openDocuments().length > 0;
  }

  /**
   * The text of a document, without anything of whoever has signed out; undefined where its address is none of ours. One
   * that is being opened waits for its content.
   */
  async textOf(uri: Uri): Promise<string | undefined> {
    const ref = parseRefKey(uri.query);
    if (ref === undefined) {
      return undefined;
    }
    await this.#session.whenStarted();
    if (!isOpen(uri) && findItem(this.#groups.runners, ref) === undefined) {
      await this.#inventory.whenLoaded();
      await this.#groups.whenGrouped();
    }
    return `${jsonText(this.#current(ref))}\n`;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** What there is, else a sentence that says why there is nothing: it is JSON too, so that the editor finds no fault in it. */
  #current(ref: ItemRef): object | string {
    if (this.#session.connection === undefined) {
      return l10n.t('Signed out. Sign in to Ona to see this document.');
    }
    const entry = findItem(this.#groups.runners, ref);
    if (entry !== undefined) {
      return itemJson(entry);
    }
    const { state } = this.#groups;
    if (state.kind === 'ready') {
      return ref.kind === 'runner'
        ? l10n.t('This runner no longer exists, or the API key may not see it.')
        : l10n.t('This integration no longer exists, or the API key may not see it.');
    }
    return state.error ? errorText(state.error) : l10n.t('Loading…');
  }

  #follow(): void {
    const uris = openDocuments().map(({ uri }) => uri);
    if (uris.length > 0) {
      this.#changed.fire(uris);
    }
  }
}

function openDocuments(): readonly TextDocument[] {
  return workspace.textDocuments.filter(({ uri }) => uri.scheme === DOCUMENT_SCHEME);
}

function isOpen(uri: Uri): boolean {
  const name = uri.toString();
  return openDocuments().some((document) => document.uri.toString() === name);
}
