import {
  Disposable,
  EventEmitter,
  TabInputText,
  TabInputTextDiff,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { SessionStore } from '../../account/session.ts';
import { findItem } from '../../inventory/groups.ts';
import type { Watcher } from '../../inventory/watcher.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { parseRefKey } from '../../inventory/itemRef.ts';
import type { DocumentTexts } from './documentTexts.ts';
import { NewDay } from '../../base/newDay.ts';
import type { ChangeTracker } from '../../inventory/changeTracker.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import { isChangesUri } from './changesUri.ts';
import { DOCUMENT_SCHEME } from '../../names.ts';

export interface DocumentParts {
  readonly session: SessionStore;
  readonly inventory: Inventory;
  readonly groups: GroupedInventory;
  readonly changes: ChangeTracker;
}

/**
 * The contents of the read-only documents: integrations and runners as JSON, and what has changed. Open documents
 * follow the inventory.
 */
export class ReadOnlyDocuments implements Watcher, Disposable {
  readonly #session: SessionStore;
  readonly #inventory: Inventory;
  readonly #groups: GroupedInventory;
  readonly #changes: ChangeTracker;
  readonly #newDay = new NewDay(window.onDidChangeWindowState, () => this.#followChanges());
  readonly #changed = new EventEmitter<readonly Uri[]>();
  /** The text of these open documents may have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #opened = new EventEmitter<void>();
  readonly onDidStartWatching = this.#opened.event;
  readonly onDidChangeVisibility = window.onDidChangeVisibleTextEditors;
  readonly #disposables: Disposable;
  #texts: Promise<DocumentTexts> | undefined;
  /** Settles when the tabs have the right titles. */
  #renamed = Promise.resolve();

  constructor({ session, inventory, groups, changes }: DocumentParts) {
    this.#session = session;
    this.#inventory = inventory;
    this.#groups = groups;
    this.#changes = changes;
    this.#disposables = Disposable.from(
      this.#changed,
      this.#opened,
      this.#newDay,
      changes.onDidChange(() => this.#followChanges()),
      inventory.onDidComplete(() => this.#followChanges()),
      groups.onDidChange(() => {
        this.#follow();
        this.#rename();
      }),
      session.onDidChange(() => {
        this.#follow();
        this.#followChanges();
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

  get isVisible(): boolean {
    return window.visibleTextEditors.some(({ document }) => document.uri.scheme === DOCUMENT_SCHEME);
  }

  /**
   * The text of a document, without anything from an account that has signed out. A document that is being opened waits
   * for its content.
   *
   * @returns undefined if the address is not one of ours
   */
  async textOf(uri: Uri): Promise<string | undefined> {
    if (isChangesUri(uri)) {
      return this.#textOfChanges();
    }
    const ref = parseRefKey(uri.query);
    if (ref === undefined) {
      return undefined;
    }
    await this.#session.whenStarted();
    if (!isOpen(uri) && findItem(this.#groups.runners, ref) === undefined) {
      await this.#inventory.whenLoaded();
      await this.#groups.whenGrouped();
    }
    const texts = await (this.#texts ??= this.#newTexts());
    return texts.of(uri, ref);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  async #newTexts(): Promise<DocumentTexts> {
    const { DocumentTexts } = await import('./onDemand.ts');
    return new DocumentTexts(this.#session, this.#groups);
  }

  async #textOfChanges(): Promise<string> {
    const { changesText } = await import('./onDemand.ts');
    await this.#session.whenStarted();
    this.#newDay.watch(true);
    return changesText({
      organization: this.#session.organizationName ?? '',
      checkedAt: this.#inventory.state.asOf,
      since: this.#changes.since,
      changes: await this.#changes.read(),
    });
  }

  #followChanges(): void {
    const open = openDocuments().filter(({ uri }) => isChangesUri(uri));
    this.#newDay.watch(open.length > 0);
    if (open.length > 0) {
      this.#changed.fire(open.map(({ uri }) => uri));
    }
  }

  #follow(): void {
    // Without texts, there is nothing that could change.
    void this.#texts?.then((texts) => {
      const changed = texts.changed(openItems());
      if (changed.length > 0) {
        this.#changed.fire(changed);
      }
    });
  }

  /** Makes the titles of the tabs follow sign-ins and sign-outs. */
  #rename(): void {
    this.#renamed = this.#renamed
      .then(async () => {
        if (!hasTabs()) {
          return;
        }
        const { clearTitles, nameTitles } = await import('./onDemand.ts');
        const { kind } = this.#session.current;
        if (kind === 'signedIn') {
          await nameTitles(() => this.#groups.runners);
        } else if (kind !== 'starting') {
          await clearTitles();
        }
      })
      // A comparison was closed meanwhile, so it no longer has a title.
      .catch(() => undefined);
  }
}

/** Whether a tab shows a document, alone or in a comparison. */
function hasTabs(): boolean {
  return window.tabGroups.all.some(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        (input instanceof TabInputText && input.uri.scheme === DOCUMENT_SCHEME) ||
        (input instanceof TabInputTextDiff && input.original.scheme === DOCUMENT_SCHEME),
    ),
  );
}

function openDocuments(): readonly TextDocument[] {
  return workspace.textDocuments.filter(({ uri }) => uri.scheme === DOCUMENT_SCHEME);
}

function openItems(): readonly Uri[] {
  return openDocuments()
    .map(({ uri }) => uri)
    .filter((uri) => !isChangesUri(uri));
}

function isOpen(uri: Uri): boolean {
  const name = uri.toString();
  return openDocuments().some((document) => document.uri.toString() === name);
}
