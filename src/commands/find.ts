import { commands, l10n, type QuickInputButton, ThemeIcon } from 'vscode';
import { plainLine } from '../base/plainLine.ts';
import { withoutIcons } from '../base/text.ts';
import type { ItemNode, RunnerNode } from '../views/tree/nodes.ts';
import type { LaterCommand } from './later.ts';
import { pickRow, type RowItem, rowItem, rowItems, separator } from './pickRow.ts';
import { reveal } from './reveal.ts';

/** From so many signs on, what is typed may be an ID, and up to so many things it may be of. */
const ID_LENGTH = 6;
const ID_MATCHES = 20;

const COPY: QuickInputButton = { iconPath: new ThemeIcon('copy'), tooltip: l10n.t('Copy ID') };
const BROWSER: QuickInputButton = {
  iconPath: new ThemeIcon('link-external'),
  tooltip: l10n.t('Open in Browser'),
};

/** *Find Integration…*: a quick pick over everything. What is chosen is shown in the tree and in the details. */
export const find: LaterCommand = async (context) => {
  const { session, selection, recents } = context;
  if (!(await selection.ensureSignedIn(session))) {
    return;
  }
  const pickItem = (node: ItemNode) => ({ ...selection.pickItem(node), buttons: [COPY, BROWSER] });
  const allItems = rowItems<ItemNode>((runner) => [runner, ...runner.integrations], pickItem);
  let recent: { readonly of: readonly RunnerNode[]; readonly items: readonly RowItem[] } | undefined;
  const node = await pickRow<ItemNode>(context, {
    title: l10n.t('Find Integration'),
    placeholder: l10n.t('Host, runner, provider, sign-in method or ID'),
    itemsOf: function* (runners, typed) {
      if (recent?.of !== runners) {
        const opened = yield* recents.among(runners);
        recent = { of: runners, items: opened.map(({ node, runner }) => rowItem(node, runner, pickItem)) };
      }
      return inOrder(yield* allItems(runners, typed), recent.items, typed);
    },
    onButton: (node, button) =>
      void commands.executeCommand(commandOf(button, node), { node, parent: undefined }),
  });
  if (node !== undefined) {
    await reveal(context, node);
  }
};

function commandOf(button: QuickInputButton, { kind }: ItemNode): string {
  if (kind === 'runner') {
    return button === COPY ? 'onaScm.copyRunnerId' : 'onaScm.openDashboard';
  }
  return button === COPY ? 'onaScm.copyId' : 'onaScm.openHost';
}

/** What has the ID that is typed, then what was opened last, then the rest. */
function inOrder(all: readonly RowItem[], recent: readonly RowItem[], typed: string): readonly RowItem[] {
  const isById = ({ node }: RowItem) =>
    node !== undefined && idOf(node).toLowerCase().includes(typed.toLowerCase());
  const byId = typed.length < ID_LENGTH ? [] : all.filter(isById);
  const found = byId.length > ID_MATCHES ? [] : byId;
  // The items of these among all: they know that they have what is typed.
  const known = new Map(recent.length === 0 ? [] : all.map((item) => [item.node, item]));
  const others = recent
    .filter(({ node }) => !found.some((item) => item.node === node))
    .map((item) => known.get(item.node) ?? item);
  if (found.length === 0 && others.length === 0) {
    return all;
  }
  const first = new Set([...found, ...others].map(({ node }) => node));
  return [
    ...found.map((item) => ({
      ...item,
      ...(item.node && { description: withoutIcons(plainLine(idOf(item.node))) }),
      alwaysShow: true,
    })),
    ...(others.length === 0 ? [] : [separator<ItemNode>(l10n.t('recently opened'))]),
    ...others,
    separator<ItemNode>(l10n.t('all')),
    ...all.filter(({ node }) => !first.has(node)),
  ];
}

function idOf(node: ItemNode): string {
  return node.kind === 'runner' ? node.runnerId : node.integration.id;
}
