import { commands, l10n, type QuickPickItem, window } from 'vscode';
import type { SessionStore } from '../account/session.ts';
import { withoutIcons } from '../base/text.ts';
import { findTarget, isSameItem, targetOf } from '../views/details/detailsTarget.ts';
import type { TreeElement } from '../views/tree/integrationsTree.ts';
import type { IntegrationNode, ItemNode, RunnerNode, TreeNode } from '../views/tree/nodes.ts';
import { rowOf } from '../views/tree/rowText.ts';
import { themeIcon } from '../views/tree/treeItem.ts';
import type { CommandContext } from './index.ts';

/**
 * The rows a command acts on, each once: all selected ones if it was called on one of them, else the one it was called on.
 * They are as they stand in the tree: a runner under a filter has no more than what that lets through.
 */
export function chosenRows(
  { view }: CommandContext,
  row: TreeElement | undefined,
  rows: readonly TreeElement[] | undefined,
): readonly ItemNode[] {
  const elements = row === undefined ? view.selection : rows?.includes(row) ? rows : [row];
  return nodesOf(elements);
}

/** What rows stand for, each thing once. */
export function nodesOf(elements: readonly TreeElement[]): readonly ItemNode[] {
  const nodes = elements.flatMap(({ node }) => itemsOf(node));
  return [...new Map(nodes.map((node) => [JSON.stringify(targetOf(node)), node])).values()];
}

/** A group stands for all that is in it. */
function itemsOf(node: TreeNode): readonly ItemNode[] {
  switch (node.kind) {
    case 'integration':
    case 'runner':
      return [node];
    case 'group':
      return node.integrations;
    case 'rest':
      return node.runners;
    case 'failure':
    case 'more':
      return [];
  }
}

/** The integrations a command acts on; without any, a person picks one. Empty where they did not. */
export async function chosenIntegrations(
  context: CommandContext,
  row: TreeElement | undefined,
  rows: readonly TreeElement[] | undefined,
  title: string,
): Promise<readonly IntegrationNode[]> {
  const chosen = chosenRows(context, row, rows).filter((node) => node.kind === 'integration');
  return chosen.length > 0 ? chosen : pick(context, title, ({ integrations }) => integrations);
}

/**
 * The same for a command that acts on runners and integrations alike; a person picks among runners, or, where that makes
 * a difference, among both.
 */
export async function chosenNodes(
  context: CommandContext,
  row: TreeElement | undefined,
  rows: readonly TreeElement[] | undefined,
  title: string,
  pickIntegrations = false,
): Promise<readonly ItemNode[]> {
  const chosen = chosenRows(context, row, rows).map((node) => wholeNode(context, node));
  return chosen.length > 0
    ? chosen
    : pick<ItemNode>(context, title, (runner) =>
        pickIntegrations ? [runner, ...runner.integrations] : [runner],
      );
}

/** The thing with all it has, be less of it in the tree. */
function wholeNode({ groups }: CommandContext, node: ItemNode): ItemNode {
  return findTarget(groups.nodes, targetOf(node)) ?? node;
}

/** Two different rows: those that are selected, else a person picks what is missing. Undefined where they did not. */
export async function chosenPair(
  context: CommandContext,
  row: TreeElement | undefined,
  rows: readonly TreeElement[] | undefined,
  title: string,
): Promise<readonly [ItemNode, ItemNode] | undefined> {
  const chosen = chosenRows(context, row, rows);
  const pair = chosen.length > 2 ? [] : [...chosen];
  while (pair.length < 2) {
    const placeHolder = pair.length === 0 ? l10n.t('The first to compare') : l10n.t('The second to compare');
    const [picked] = await pick<ItemNode>(
      context,
      title,
      (runner) =>
        [runner, ...runner.integrations].filter((node) => !pair.some((other) => isSameItem(other, node))),
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

async function pick<T extends ItemNode>(
  context: CommandContext,
  title: string,
  rowsOf: (runner: RunnerNode) => readonly T[],
  placeholder?: string,
): Promise<readonly T[]> {
  if (!(await ensureSignedIn(context.session))) {
    return [];
  }
  const { pickRow, rowItems } = await import('./later.ts');
  const picked = await pickRow(context, { title, placeholder, itemsOf: rowItems(rowsOf, pickItem) });
  return picked === undefined ? [] : [picked];
}

/** A row as an item of a quick pick. */
export function pickItem<T extends ItemNode>(node: T): QuickPickItem & { readonly node: T } {
  const { label, words, icon } = rowOf(node);
  return {
    // Labels of a quick pick render icons; the API's text must not.
    label: withoutIcons(label),
    description: withoutIcons(words.join(' · ')),
    iconPath: themeIcon(icon),
    node,
  };
}
