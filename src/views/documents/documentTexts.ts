import * as l10n from '@vscode/l10n';
import type { SessionStore } from '../../account/session.ts';
import { itemJson, jsonText } from '../../formats/jsonText.ts';
import type { GroupedInventory } from '../../inventory/groupedInventory.ts';
import { findItem } from '../../inventory/groups.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';
import { AbsentItems } from '../absentItems.ts';

/** The texts of all documents of the window. */
export class DocumentTexts {
  readonly #session: SessionStore;
  readonly #groups: GroupedInventory;
  readonly #absent = new AbsentItems();

  constructor(session: SessionStore, groups: GroupedInventory) {
    this.#session = session;
    this.#groups = groups;
  }

  /** The text for an item, without anything from an account that has signed out. */
  of(ref: ItemRef): string {
    return `${jsonText(this.#current(ref))}\n`;
  }

  /** The item, or a sentence that says why there is none. That is JSON too, so that VS Code reports no syntax error. */
  #current(ref: ItemRef): object | string {
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
}
