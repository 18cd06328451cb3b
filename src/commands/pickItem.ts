import { commands, l10n, type QuickInputButton, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { runInSlices } from '../base/slices.ts';
import type { GroupedInventory } from '../inventory/groupedInventory.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { sameRef } from '../inventory/itemRef.ts';
import { errorText } from '../words/errors.ts';
import { withoutIcons } from '../base/text.ts';
import { Filter } from '../inventory/filter.ts';
import { FILTER_WORDS } from '../words/filter.ts';
import { itemRow } from '../views/tree/rowText.ts';
import { themeIcon } from '../views/tree/treeItem.ts';
import { runnerName } from '../words/runners.ts';
import type { Question } from './selection.ts';

/** An item for a runner or an integration, or a separator if `entry` is undefined. */
export type PickItem<T extends ItemEntry = ItemEntry> = QuickPickItem & { readonly entry: T | undefined };

/** Steps to the items: rows can be very many. */
export type ItemSteps<T extends ItemEntry> = Generator<void, readonly PickItem<T>[], undefined>;

export interface ItemPick<T extends ItemEntry> {
  readonly title: string;
  readonly placeholder?: string | undefined;
  /** @param typed without white space around it */
  readonly itemsOf: (runners: readonly RunnerEntry[], typed: string) => ItemSteps<T>;
  readonly onButton?: (entry: T, button: QuickInputButton) => unknown;
}

/** Where the items come from. */
export interface PickSource {
  readonly inventory: Inventory;
  readonly groups: GroupedInventory;
}

/** More would take the editor long. */
const MOST_ITEMS = 3000;

/**
 * A quick pick of runners and integrations, which come while they load. If there are none it says why.
 *
 * @returns undefined if nothing was chosen
 */
export async function pickItem<T extends ItemEntry>(
  { inventory, groups }: PickSource,
  { title, placeholder, itemsOf, onButton }: ItemPick<T>,
): Promise<T | undefined> {
  const box = window.createQuickPick<PickItem<T>>();
  box.title = title;
  box.placeholder = placeholder;
  box.matchOnDescription = true;
  box.busy = true;
  const listeners: { dispose(): unknown }[] = [box];
  let stop: (() => void) | undefined;
  let shown: readonly PickItem<T>[] = [];
  /** Whether the editor has the items of what is typed, and has said which of them is active. */
  let isCurrent = false;
  /** The text for which Enter was pressed: a choice, once it is known which item stands first for that text. */
  let entered: string | undefined;
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const take = () => {
        if (isCurrent && entered === box.value) {
          entered = undefined;
          const entry = box.activeItems[0]?.entry;
          if (entry !== undefined) {
            resolve(entry);
          }
        }
      };
      let round = 0;
      const show = (keepActive: boolean) => {
        stop?.();
        isCurrent = false;
        const own = ++round;
        const typed = box.value.trim();
        stop = runInSlices(itemsOf(groups.runners, typed), {
          done: (items) => {
            if (items.length === 0 && typed === '' && !box.busy) {
              const { state } = groups;
              const reason = state.error ? errorText(state.error) : l10n.t('The organization has none.');
              void window.showInformationMessage(`${title}: ${reason}`);
              resolve(undefined);
            } else if (items !== shown) {
              // New items would move the choice to the first one.
              const active = keepActive ? box.activeItems[0]?.entry?.ref : undefined;
              shown = items;
              box.items = items;
              const again = active && items.find(({ entry }) => entry && sameRef(entry.ref, active));
              if (again !== undefined) {
                box.activeItems = [again];
              }
            }
            flushQuickPick()
              .then(() => {
                if (own === round) {
                  isCurrent = true;
                  take();
                }
              })
              .catch(reject);
          },
          failed: reject,
        });
      };
      const whenLoaded = async () => {
        await inventory.whenLoaded();
        await groups.whenGrouped();
        box.busy = false;
        show(true);
      };
      listeners.push(
        groups.onDidChange(() => show(true)),
        box.onDidChangeValue(() => show(false)),
        box.onDidTriggerItemButton(({ item: { entry }, button }) => entry && onButton?.(entry, button)),
        box.onDidAccept(() => {
          entered = box.value;
          take();
        }),
        box.onDidHide(() => resolve(undefined)),
      );
      show(false);
      box.show();
      whenLoaded().catch(reject);
    });
  } finally {
    stop?.();
    listeners.forEach((listener) => void listener.dispose());
  }
}

/** A quick pick of what can be picked of each runner. */
export function pickEntry<T extends ItemEntry>(
  source: PickSource,
  { title, placeholder, entriesOf }: Question<T>,
): Promise<T | undefined> {
  return pickItem(source, { title, placeholder, itemsOf: searchableItems(entriesOf, quickPickItem) });
}

/**
 * Waits until the editor has taken what was just set on a box, and has answered. Until then it may speak of items that
 * are gone, by their index.
 */
async function flushQuickPick(): Promise<void> {
  // What is set on a box is sent in the next turn.
  await new Promise((resolve) => setTimeout(resolve));
  await commands.executeCommand('noop');
}

/**
 * Items of rows: of all, from which the editor chooses by what is typed, or, where they are very many, of those alone
 * that have it or, where none has, that look like it. Words of which each stands in another field, and terms as the
 * filter of the tree knows them, are found too; the editor alone would find none of these.
 *
 * @param entriesOf those of a runner that may be picked
 */
export function searchableItems<T extends ItemEntry>(
  entriesOf: (runner: RunnerEntry) => readonly T[],
  itemOf: (entry: T) => QuickPickItem & { readonly entry: T },
): (runners: readonly RunnerEntry[], typed: string) => ItemSteps<T> {
  let known: { readonly of: readonly RunnerEntry[]; readonly items: readonly PickItem<T>[] } | undefined;
  return function* (runners, typed) {
    const isMany = runners.reduce((sum, { integrations }) => sum + 1 + integrations.length, 0) > MOST_ITEMS;
    const filter = isMany || /[\s:*]/.test(typed) ? Filter.parse(typed, FILTER_WORDS) : undefined;
    if (filter === undefined && known?.of === runners) {
      return known.items;
    }
    const items: PickItem<T>[] = [];
    const similar: PickItem<T>[] = [];
    for (const runner of runners) {
      const test = filter?.testFor(runner);
      const hasRunner = filter?.matchesRunner(runner) ?? false;
      for (const entry of entriesOf(runner)) {
        const isFound = entry.kind === 'runner' ? hasRunner : (test?.(entry) ?? false);
        if (items.length < MOST_ITEMS && (isFound || !isMany || filter === undefined)) {
          items.push({ ...locatedItem(entry, runner, itemOf), ...(isFound && { alwaysShow: true }) });
        } else if (items.length === 0 && similar.length < MOST_ITEMS && isSimilar(entry, typed)) {
          similar.push(locatedItem(entry, runner, itemOf));
        }
        yield;
      }
    }
    known = filter === undefined ? { of: runners, items } : known;
    return items.length === 0 ? similar : items;
  };
}

/** Whether the signs stand in the name in this order, which is what the editor's own match wants at least. */
function isSimilar(entry: ItemEntry, typed: string): boolean {
  const name = (entry.kind === 'runner' ? runnerName(entry) : entry.integration.host).toLowerCase();
  let at = 0;
  for (const sign of typed.toLowerCase()) {
    at = name.indexOf(sign, at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}

/** An item that says where an integration stands. */
export function locatedItem<T extends ItemEntry>(
  entry: T,
  runner: RunnerEntry,
  itemOf: (entry: T) => QuickPickItem & { readonly entry: T },
): PickItem<T> {
  const item = itemOf(entry);
  if (entry.kind === 'runner') {
    return item;
  }
  const on = withoutIcons(l10n.t('on {0}', runnerName(runner)));
  return { ...item, description: [on, item.description].filter(Boolean).join(' · ') };
}

/** A line between items. */
export function separator<T extends ItemEntry>(label: string): PickItem<T> {
  return { label, kind: QuickPickItemKind.Separator, entry: undefined };
}

/** A runner or an integration in a quick pick, as its row in the tree. */
export function quickPickItem<T extends ItemEntry>(entry: T): QuickPickItem & { readonly entry: T } {
  const { label, words, icon } = itemRow(entry);
  return {
    // Labels of a quick pick render icons; the API's text must not.
    label: withoutIcons(label),
    description: withoutIcons(words.join(' · ')),
    iconPath: themeIcon(icon),
    entry,
  };
}
