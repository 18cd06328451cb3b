import { l10n } from 'vscode';
import type { SessionStore } from '../account/session.ts';
import type { GroupedInventory } from '../inventory/groupedInventory.ts';
import { findItem, type IntegrationEntry, type ItemEntry, type RunnerEntry } from '../inventory/groups.ts';
import { parseRefKey, sameRef } from '../inventory/itemRef.ts';
import type { IntegrationsView } from '../views/tree/integrationsView.ts';
import type { CommandTarget } from './commandTarget.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { itemsOfRows } from './itemsOfRows.ts';

/** What the user can pick, and the texts of the quick pick. */
export interface Question<T extends ItemEntry> {
  readonly title: string;
  readonly placeholder?: string | undefined;
  readonly entriesOf: (runner: RunnerEntry) => readonly T[];
  /** Shown if there is nothing to pick. */
  readonly nothing: string;
}

export interface SelectionParts {
  readonly session: SessionStore;
  readonly groups: GroupedInventory;
  readonly view: Pick<IntegrationsView, 'selection'>;
  /**
   * Shows a quick pick.
   *
   * @returns undefined if nothing was chosen
   */
  readonly pick: <T extends ItemEntry>(question: Question<T>) => Promise<T | undefined>;
}

/**
 * What a command acts on: all selected rows if it was run on one of them, otherwise the row it was run on, otherwise
 * the selection in the tree. If that is empty, the user picks an item; an empty result means that they did not.
 */
export class Selection {
  readonly #parts: SelectionParts;

  constructor(parts: SelectionParts) {
    this.#parts = parts;
  }

  /** Does not ask. If a filter is set, a runner has only the integrations that the tree shows. */
  inTree({ row, rows, key = '' }: CommandTarget): readonly ItemEntry[] {
    const linked = parseRefKey(key);
    if (linked !== undefined) {
      // A tooltip can be older than the rows.
      const found = findItem(this.#parts.groups.runners, linked);
      return found === undefined ? [] : [found];
    }
    const chosen = row === undefined ? rows : rows?.includes(row) ? rows : [row];
    return itemsOfRows(chosen ?? this.#parts.view.selection);
  }

  /** @param title of the quick pick */
  async integrations(on: CommandTarget, title: string): Promise<readonly IntegrationEntry[]> {
    const chosen = this.inTree(on).filter((entry) => entry.kind === 'integration');
    return chosen.length > 0
      ? chosen
      : this.#pick({
          title,
          entriesOf: ({ integrations }) => integrations,
          nothing: l10n.t('There are no integrations in this organization.'),
        });
  }

  /**
   * Runners and integrations. A runner has all its integrations, even if a filter hides some.
   *
   * @param pickable what the user can pick from if nothing is selected
   */
  async items(
    on: CommandTarget,
    title: string,
    pickable: 'all' | 'runners' = 'all',
  ): Promise<readonly ItemEntry[]> {
    const { runners } = this.#parts.groups;
    const chosen = this.inTree(on).map((entry) => findItem(runners, entry.ref) ?? entry);
    return chosen.length > 0
      ? chosen
      : this.#pick({
          title,
          entriesOf: (runner) => (pickable === 'all' ? [runner, ...runner.integrations] : [runner]),
          nothing: l10n.t('There are no runners or integrations in this organization.'),
        });
  }

  /** Two different items. The user picks those that are not selected. */
  async pair(on: CommandTarget, title: string): Promise<readonly [ItemEntry, ItemEntry] | undefined> {
    const chosen = this.inTree(on);
    const pair = chosen.length > 2 ? [] : [...chosen];
    while (pair.length < 2) {
      const isFirst = pair.length === 0;
      const [picked] = await this.#pick({
        title,
        placeholder: isFirst
          ? l10n.t('Select the first item to compare')
          : l10n.t('Select the second item to compare'),
        entriesOf: (runner) =>
          [runner, ...runner.integrations].filter(
            ({ ref }) => !pair.some((other) => sameRef(other.ref, ref)),
          ),
        nothing: isFirst
          ? l10n.t('There are no runners or integrations in this organization.')
          : l10n.t('There is no second item to compare.'),
      });
      if (picked === undefined) {
        return undefined;
      }
      pair.push(picked);
    }
    const [first, second] = pair;
    return first && second && [first, second];
  }

  async #pick<T extends ItemEntry>(question: Question<T>): Promise<readonly T[]> {
    if (!(await ensureSignedIn(this.#parts.session))) {
      return [];
    }
    const picked = await this.#parts.pick(question);
    return picked === undefined ? [] : [picked];
  }
}
