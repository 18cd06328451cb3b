import { commands, l10n, type QuickPickItem, window } from 'vscode';
import type { SessionStore } from '../account/session.ts';
import { findItem, type IntegrationEntry, type ItemEntry, type RunnerEntry } from '../inventory/groups.ts';
import { refKey, sameRef } from '../inventory/itemRef.ts';
import { withoutIcons } from '../base/text.ts';
import { itemsOf } from '../views/tree/nodes.ts';
import { itemRow } from '../views/tree/rowText.ts';
import { themeIcon } from '../views/tree/treeItem.ts';
import type { CommandContext, CommandTarget } from './index.ts';

/**
 * What a command acts on, each once: all that is selected if it was run on one of these rows, else what it was run on.
 * As it stands in the tree: a runner under a filter has no more than the integrations that are shown.
 */
export function chosenInTree(
  { view }: CommandContext,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
): readonly ItemEntry[] {
  return itemsOfRows(row === undefined ? view.selection : rows?.includes(row) ? rows : [row]);
}

/** What rows stand for, each once. */
export function itemsOfRows(rows: readonly CommandTarget[]): readonly ItemEntry[] {
  const entries = rows.flatMap((row) => ('node' in row ? itemsOf(row.node) : [row]));
  return [...new Map(entries.map((entry) => [refKey(entry.ref), entry])).values()];
}

/** The integrations a command acts on; without any, a person picks one. Empty if they did not. */
export async function chosenIntegrations(
  context: CommandContext,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
  title: string,
): Promise<readonly IntegrationEntry[]> {
  const chosen = chosenInTree(context, row, rows).filter((entry) => entry.kind === 'integration');
  return chosen.length > 0 ? chosen : pick(context, title, ({ integrations }) => integrations);
}

/**
 * The same for a command that acts on runners and integrations alike; a person picks among runners, or, if that makes a
 * difference, among both.
 */
export async function chosenItems(
  context: CommandContext,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
  title: string,
  pickIntegrations = false,
): Promise<readonly ItemEntry[]> {
  const chosen = chosenInTree(context, row, rows).map((entry) => wholeItem(context, entry));
  return chosen.length > 0
    ? chosen
    : pick<ItemEntry>(context, title, (runner) =>
        pickIntegrations ? [runner, ...runner.integrations] : [runner],
      );
}

/** All of it, even if a filter hides a part in the tree. */
function wholeItem({ groups }: CommandContext, entry: ItemEntry): ItemEntry {
  return findItem(groups.runners, entry.ref) ?? entry;
}

/** Two different items: those that are selected, else a person picks what is missing. Undefined if they did not. */
export async function chosenPair(
  context: CommandContext,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
  title: string,
): Promise<readonly [ItemEntry, ItemEntry] | undefined> {
  const chosen = chosenInTree(context, row, rows);
  const pair = chosen.length > 2 ? [] : [...chosen];
  while (pair.length < 2) {
    const placeHolder = pair.length === 0 ? l10n.t('The first to compare') : l10n.t('The second to compare');
    const [picked] = await pick<ItemEntry>(
      context,
      title,
      (runner) =>
        [runner, ...runner.integrations].filter(({ ref }) => !pair.some((other) => sameRef(other.ref, ref))),
      placeHolder,
    );
    if (picked === undefined) {
      return undefined;
    }
    pair.push(picked);
  }
  const [first, second] = pair;
  return first && second && [first, second];
}

/** Whether somebody is signed in; where nobody is, says so, offers to, and goes on once somebody has. */
export async function ensureSignedIn(session: SessionStore): Promise<boolean> {
  await session.whenStarted();
  if (isSignedIn(session)) {
    return true;
  }
  const action = l10n.t('Sign In');
  const chosen = await window.showInformationMessage(l10n.t('Sign in to Ona first.'), action);
  if (chosen !== action) {
    // Perhaps much later, and after a sign-in by another way: nobody waits for the command any more.
    return false;
  }
  await commands.executeCommand('onaScm.signIn');
  return isSignedIn(session);
}

function isSignedIn({ current }: SessionStore): boolean {
  return current.kind === 'signedIn';
}

async function pick<T extends ItemEntry>(
  context: CommandContext,
  title: string,
  rowsOf: (runner: RunnerEntry) => readonly T[],
  placeholder?: string,
): Promise<readonly T[]> {
  if (!(await ensureSignedIn(context.session))) {
    return [];
  }
  const { pickRow, rowItems } = await import('./later.ts');
  const picked = await pickRow(context, { title, placeholder, itemsOf: rowItems(rowsOf, pickItem) });
  return picked === undefined ? [] : [picked];
}

/** A runner or an integration as an item of a quick pick. */
export function pickItem<T extends ItemEntry>(entry: T): QuickPickItem & { readonly entry: T } {
  const { label, words, icon } = itemRow(entry);
  return {
    // Labels of a quick pick render icons; the API's text must not.
    label: withoutIcons(label),
    description: withoutIcons(words.join(' · ')),
    iconPath: themeIcon(icon),
    entry,
  };
}
