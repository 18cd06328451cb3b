import * as l10n from '@vscode/l10n';
import type { Uri } from 'vscode';
import type { SessionStore } from '../../account/session.ts';
import { itemJson, jsonText } from '../../formats/jsonText.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import { findItem, findRunner, type RunnerEntry } from '../../inventory/groups.ts';
import { type ItemRef, parseRefKey } from '../../inventory/itemRef.ts';
import { messagesOf } from '../../words/messagesOf.ts';
import { AbsentItems } from '../absentItems.ts';

/** The texts of all documents of the window. */
export class DocumentTexts {
  readonly #session: SessionStore;
  readonly #groups: GroupedInventory;
  readonly #absent = new AbsentItems();
  /** What the texts of documents were made from, by address. */
  readonly #shown = new Map<string, RunnerEntry | undefined>();

  constructor(session: SessionStore, groups: GroupedInventory) {
    this.#session = session;
    this.#groups = groups;
  }

  /** The text of a document about an item, without anything from an account that has signed out. */
  of(uri: Uri, ref: ItemRef): string {
    this.#shown.set(uri.toString(), this.#sourceOf(ref));
    return `${jsonText(this.#current(ref))}\n`;
  }

  /** Those of the open documents whose texts may have changed. */
  changed(open: readonly Uri[]): readonly Uri[] {
    const names = new Set(open.map(String));
    for (const name of this.#shown.keys()) {
      if (!names.has(name)) {
        this.#shown.delete(name);
      }
    }
    return open.filter((uri) => {
      const ref = parseRefKey(uri.query);
      const source = ref && this.#sourceOf(ref);
      return source === undefined || source !== this.#shown.get(uri.toString());
    });
  }

  /**
   * What the text about an item follows from: its runner, whose entry is another one if any of its integrations has
   * changed. Undefined if there is no item, and the text says why.
   */
  #sourceOf(ref: ItemRef): RunnerEntry | undefined {
    const { runners } = this.#groups;
    const isThere = this.#session.connection !== undefined && findItem(runners, ref) !== undefined;
    return isThere ? findRunner(runners, ref.runnerId) : undefined;
  }

  /** The item, or a sentence that says why there is none. That is JSON too, so that VS Code reports no syntax error. */
  #current(ref: ItemRef): object | string {
    if (this.#session.connection === undefined) {
      return l10n.t('Signed out. Sign in to Ona to see this document.');
    }
    const entry = findItem(this.#groups.runners, ref);
    if (entry !== undefined) {
      this.#absent.found(ref);
      return itemJson(entry, messagesOf(this.#groups.runners));
    }
    return this.#absent.absence(ref, this.#groups.state).text;
  }
}
