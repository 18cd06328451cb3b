import { Disposable, EventEmitter, l10n, type TextDocument, type Uri, workspace } from 'vscode';
import type { SessionStore } from '../../account/session.ts';
import type * as jsonText from '../../formats/jsonText.ts';
import { findItem } from '../../inventory/groups.ts';
import type { Watcher } from '../../inventory/autoRefresh.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { type ItemRef, parseRefKey } from '../../inventory/itemRef.ts';
import { AbsentItems } from '../absentItems.ts';
import { closeComparisons, renameTabs } from './documentTabs.ts';
import { documentUri, isNameless, namelessUri } from './documentUri.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import { DOCUMENT_SCHEME } from '../../names.ts';

/** The contents of the read-only JSON documents of integrations and runners. Open documents follow the inventory. */
export class JsonDocuments implements Watcher, Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #groups: GroupedInventory;
  readonly #changed = new EventEmitter<readonly Uri[]>();
  /** The text of these open documents may have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #opened = new EventEmitter<void>();
  readonly onDidStartWatching = this.#opened.event;
  readonly #disposables: Disposable;
  readonly #absent = new AbsentItems();
  /** Settles when the tabs have the right titles. */
  #renamed = Promise.resolve();

  constructor(session: SessionStore, inventory: Inventory, groups: GroupedInventory) {
    this.#session = session;
    this.#inventory = inventory;
    this.#groups = groups;
    this.#disposables = Disposable.from(
      this.#changed,
      this.#opened,
      groups.onDidChange(() => {
        this.#follow();
        this.#rename();
      }),
      session.onDidChange(() => {
        this.#follow();
        this.#rename();
      }),
      // A document misses changes while it is being opened.
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
   * The text of a document, without anything from an account that has signed out. A document that is being opened waits
   * for its content.
   *
   * @returns undefined if the address is not one of ours
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
    const json = await import('../../formats/jsonText.ts');
    return `${json.jsonText(this.#current(ref, json))}\n`;
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** The item, or a sentence that says why there is none. That is JSON too, so that VS Code reports no syntax error. */
  #current(ref: ItemRef, { itemJson }: typeof jsonText): object | string {
    if (this.#session.connection === undefined) {
      return l10n.t('Signed out. Sign in to Ona to see this document.');
    }
    const entry = findItem(this.#groups.runners, ref);
    if (entry !== undefined) {
      this.#absent.found(ref);
      return itemJson(entry);
    }
    return this.#absent.absence(ref, this.#groups.state).text;
  }

  #follow(): void {
    const uris = openDocuments().map(({ uri }) => uri);
    if (uris.length > 0) {
      this.#changed.fire(uris);
    }
  }

  /** After a sign-out, the titles of the tabs must not contain names either. After a sign-in, they do again. */
  #rename(): void {
    this.#renamed = this.#renamed
      .then(async () => {
        const { kind } = this.#session.current;
        if (kind === 'signedIn') {
          await renameTabs((uri) => this.#named(uri));
        } else if (kind !== 'starting') {
          await closeComparisons();
          await renameTabs((uri) => namelessUri(uri));
        }
      })
      // A comparison was closed meanwhile, so it no longer has a title.
      .catch(() => undefined);
  }

  /** The address with names for a document that has none, if its item is known. */
  #named(uri: Uri): Uri | undefined {
    const ref = isNameless(uri) ? parseRefKey(uri.query) : undefined;
    const { runners } = this.#groups;
    const entry = ref && findItem(runners, ref);
    return entry && documentUri(entry, runners);
  }
}

function openDocuments(): readonly TextDocument[] {
  return workspace.textDocuments.filter(({ uri }) => uri.scheme === DOCUMENT_SCHEME);
}

function isOpen(uri: Uri): boolean {
  const name = uri.toString();
  return openDocuments().some((document) => document.uri.toString() === name);
}
