import { l10n } from 'vscode';
import type { SessionStore } from '../account/session.ts';
import type { GroupedInventory } from '../inventory/groupedInventory.ts';
import { findItem, type IntegrationEntry, type ItemEntry, type RunnerEntry } from '../inventory/groups.ts';
import { refKey, sameRef } from '../inventory/itemRef.ts';
import type { IntegrationsView } from '../views/tree/integrationsView.ts';
import { itemsOf } from '../views/tree/nodes.ts';
import type { CommandRow, CommandTarget } from './commandTarget.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';

/** What a person picks from, and what the quick pick says. */
export interface Question<T extends ItemEntry> {
  readonly title: string;
  readonly placeholder?: string | undefined;
  readonly entriesOf: (runner: RunnerEntry) => readonly T[];
}

export interface SelectionParts {
  readonly session: SessionStore;
  readonly groups: GroupedInventory;
  readonly view: Pick<IntegrationsView, 'selection'>;
  /** Shows a quick pick. @returns undefined if nothing was chosen */
  readonly pick: <T extends ItemEntry>(question: Question<T>) => Promise<T | undefined>;
}

/**
 * What a command acts on: all selected rows if it was run on one of them, else the row it was run on, else the selection
 * in the tree. If that is nothing, a person picks; then nothing means that they did not.
 */
export class Selection {
  readonly #parts: SelectionParts;

  constructor(parts: SelectionParts) {
    this.#parts = parts;
  }

  /** Without asking. A runner under a filter has no more than the integrations that the tree shows. */
  inTree({ row, rows }: CommandTarget): readonly ItemEntry[] {
    const chosen = row === undefined ? rows : rows?.includes(row) ? rows : [row];
    return itemsOfRows(chosen ?? this.#parts.view.selection);
  }

  /** @param title of the quick pick */
  async integrations(on: CommandTarget, title: string): Promise<readonly IntegrationEntry[]> {
    const chosen = this.inTree(on).filter((entry) => entry.kind === 'integration');
    return chosen.length > 0 ? chosen : this.#pick(title, ({ integrations }) => integrations);
  }

  /**
   * Runners and integrations, each with all that it has.
   *
   * @param pickable what a person picks from if nothing is selected
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
      : this.#pick(title, (runner) => (pickable === 'all' ? [runner, ...runner.integrations] : [runner]));
  }

  /** Two different items: a person picks what is missing. */
  async pair(on: CommandTarget, title: string): Promise<readonly [ItemEntry, ItemEntry] | undefined> {
    const chosen = this.inTree(on);
    const pair = chosen.length > 2 ? [] : [...chosen];
    while (pair.length < 2) {
      const [picked] = await this.#pick(
        title,
        (runner) =>
          [runner, ...runner.integrations].filter(
            ({ ref }) => !pair.some((other) => sameRef(other.ref, ref)),
          ),
        pair.length === 0 ? l10n.t('The first to compare') : l10n.t('The second to compare'),
      );
      if (picked === undefined) {
        return undefined;
      }
      pair.push(picked);
    }
    const [first, second] = pair;
    return first && second && [first, second];
  }

  async #pick<T extends ItemEntry>(
    title: string,
    entriesOf: (runner: RunnerEntry) => readonly T[],
    placeholder?: string,
  ): Promise<readonly T[]> {
    if (!(await ensureSignedIn(this.#parts.session))) {
      return [];
    }
    const picked = await this.#parts.pick({ title, placeholder, entriesOf });
    return picked === undefined ? [] : [picked];
  }
}

/** What rows stand for, each once. */
export function itemsOfRows(rows: readonly CommandRow[]): readonly ItemEntry[] {
  const entries = rows.flatMap((row) => ('node' in row ? itemsOf(row.node) : [row]));
  return [...new Map(entries.map((entry) => [refKey(entry.ref), entry])).values()];
}
