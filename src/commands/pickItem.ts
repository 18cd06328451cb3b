import { commands, l10n, type QuickInputButton, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { foldText } from '../base/foldText.ts';
import { trimInvisible } from '../base/invisible.ts';
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

/** Computes items in steps, because there can be very many. */
export type ItemSteps<T extends ItemEntry> = Generator<void, readonly PickItem<T>[], undefined>;

export interface ItemPick<T extends ItemEntry> {
  readonly title: string;
  readonly placeholder?: string | undefined;
  /** Shown if there is nothing to pick. */
  readonly nothing: string;
  /** @param typed the text in the box, trimmed */
  readonly itemsOf: (runners: readonly RunnerEntry[], typed: string) => ItemSteps<T>;
  readonly onButton?: (entry: T, button: QuickInputButton) => unknown;
}

/** Where the items come from. */
export interface PickSource {
  readonly inventory: Inventory;
  readonly groups: GroupedInventory;
}

/** VS Code becomes slow with more items. */
const MAX_ITEMS = 3000;

/**
 * A quick pick of runners and integrations. Items appear as they load. If there are none, a message says why.
 *
 * @returns undefined if nothing was chosen
 */
export async function pickItem<T extends ItemEntry>(
  { inventory, groups }: PickSource,
  { title, placeholder, nothing, itemsOf, onButton }: ItemPick<T>,
): Promise<T | undefined> {
  const box = window.createQuickPick<PickItem<T>>();
  box.title = title;
  box.placeholder = placeholder;
  box.matchOnDescription = true;
  box.busy = true;
  const listeners: { dispose(): unknown }[] = [box];
  let stop: (() => void) | undefined;
  let shown: readonly PickItem<T>[] = [];
  /** Whether VS Code has the items for the typed text, and has reported which of them is active. */
  let isCurrent = false;
  /** The text for which Enter was pressed. It is accepted once the active item for that text is known. */
  let entered: string | undefined;
  try {
    return await new Promise<T | undefined>((resolve, reject) => {
      const acceptWhenCurrent = () => {
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
        const typed = trimInvisible(box.value);
        stop = runInSlices(itemsOf(groups.runners, typed), {
          done: (items) => {
            if (items.length === 0 && typed === '' && !box.busy) {
              const { state } = groups;
              const reason = state.error ? errorText(state.error) : nothing;
              void window.showInformationMessage(`${title}: ${reason}`);
              resolve(undefined);
            } else if (items !== shown) {
              // New items would make the first one active.
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
                  acceptWhenCurrent();
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
          acceptWhenCurrent();
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

/** A quick pick of the entries that the question offers for each runner. */
export function pickEntry<T extends ItemEntry>(
  source: PickSource,
  { title, placeholder, nothing, entriesOf }: Question<T>,
): Promise<T | undefined> {
  return pickItem(source, {
    title,
    placeholder,
    nothing,
    itemsOf: searchableItems(entriesOf, quickPickItem),
  });
}

/**
 * Waits until VS Code has received what was just set on a quick pick, and has answered. Until then its events may refer
 * to items that are gone, by their index.
 */
async function flushQuickPick(): Promise<void> {
  // Changes to a quick pick are sent in the next turn of the event loop.
  await new Promise((resolve) => setTimeout(resolve));
  await commands.executeCommand('noop');
}

/**
 * The items of all runners, which VS Code then matches against the typed text. If there are very many, only those that
 * contain the text or, if none does, those that resemble it. Words that occur in different fields, the terms of the
 * tree's filter, and letters with other accents are found too, which VS Code alone would not match.
 *
 * @param entriesOf the entries of a runner that can be picked
 */
export function searchableItems<T extends ItemEntry>(
  entriesOf: (runner: RunnerEntry) => readonly T[],
  itemOf: (entry: T) => QuickPickItem & { readonly entry: T },
): (runners: readonly RunnerEntry[], typed: string) => ItemSteps<T> {
  let known:
    | {
        readonly of: readonly RunnerEntry[];
        readonly items: readonly PickItem<T>[];
        readonly isPlain: boolean;
      }
    | undefined;
  return function* (runners, typed) {
    const isMany = runners.reduce((sum, { integrations }) => sum + 1 + integrations.length, 0) > MAX_ITEMS;
    const vscodeFindsAll =
      !isMany && !/[\s:*]/.test(typed) && known?.of === runners && known.isPlain && isPlain(typed);
    const filter = vscodeFindsAll ? undefined : Filter.parse(typed, FILTER_WORDS);
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
        if (items.length < MAX_ITEMS && (isFound || !isMany || filter === undefined)) {
          items.push({ ...locatedItem(entry, runner, itemOf), ...(isFound && { alwaysShow: true }) });
        } else if (items.length === 0 && similar.length < MAX_ITEMS && isSimilar(entry, typed)) {
          similar.push(locatedItem(entry, runner, itemOf));
        }
        yield;
      }
    }
    if (filter === undefined) {
      const texts = items.map(({ label, description = '' }) => label + description);
      known = { of: runners, items, isPlain: texts.every(isPlain) };
    }
    return items.length === 0 ? similar : items;
  };
}

/** Whether a text has nothing that VS Code compares otherwise than the filter does: it ignores only case. */
function isPlain(text: string): boolean {
  return foldText(text) === text.toLowerCase();
}

/** Whether the name contains the characters in this order, the least that VS Code's own match requires. */
function isSimilar(entry: ItemEntry, typed: string): boolean {
  const name = foldText(entry.kind === 'runner' ? runnerName(entry) : entry.integration.host);
  let at = 0;
  for (const character of foldText(typed)) {
    at = name.indexOf(character, at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}

/** An item whose description names the runner of an integration. */
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

/** A runner or an integration in a quick pick, with the words and icon of its row in the tree. */
export function quickPickItem<T extends ItemEntry>(entry: T): QuickPickItem & { readonly entry: T } {
  const { label, words, icon } = itemRow(entry);
  return {
    // Quick picks render icon codes, so those in text from the API are disabled.
    label: withoutIcons(label),
    description: withoutIcons(words.join(' · ')),
    iconPath: themeIcon(icon),
    entry,
  };
}
