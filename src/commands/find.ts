import {
  commands,
  l10n,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from 'vscode';
import { plainLine } from '../api/plainLine.ts';
import { errorText } from '../platform/errorText.ts';
import { withoutIcons } from '../platform/text.ts';
import { targetOf } from '../views/details/detailsTarget.ts';
import { Filter } from '../views/tree/filter.ts';
import { FILTER_WORDS } from '../views/tree/filterWords.ts';
import type { ItemNode, RunnerNode } from '../views/tree/nodes.ts';
import { runnerName } from '../views/tree/runnerText.ts';
import type { LaterCommand, LaterContext } from './later.ts';
import { reveal } from './reveal.ts';

/** Undefined for a line between others. */
type FindItem = QuickPickItem & { readonly node: ItemNode | undefined };

/** From so many signs on, what is typed may be an ID, and up to so many things it may be of. */
const ID_LENGTH = 6;
const ID_MATCHES = 20;

/** More would take the editor long. */
const MOST_ITEMS = 3000;

/** *Find Integration…*: a quick pick over everything. What is chosen is shown in the tree and in the details. */
export const find: LaterCommand = async (context) => {
  const { session, inventory, groups, selection } = context;
  if (!(await selection.ensureSignedIn(session))) {
    return;
  }
  const box = window.createQuickPick<FindItem>();
  box.title = l10n.t('Find Integration');
  box.placeholder = l10n.t('Host, runner, provider, sign-in method or ID');
  box.matchOnDescription = true;
  box.busy = true;
  let recent: { readonly nodes: readonly RunnerNode[]; readonly items: readonly NodeItem[] } | undefined;
  const show = () => {
    const { nodes } = groups;
    if (recent?.nodes !== nodes) {
      recent = { nodes, items: recentItems(nodes, context) };
    }
    showItems(box, context, recent.items);
  };
  const listeners: { dispose(): unknown }[] = [
    box,
    groups.onDidChange(() => {
      // New items would move the choice to the first one.
      const active = box.activeItems[0]?.node?.id;
      show();
      const again = box.items.find(({ node }) => node !== undefined && node.id === active);
      if (again !== undefined) {
        box.activeItems = [again];
      }
    }),
    box.onDidChangeValue(show),
    box.onDidTriggerItemButton(({ item: { node }, button }) => {
      if (node !== undefined) {
        void commands.executeCommand(commandOf(button, node), { node, parent: undefined });
      }
    }),
  ];
  const chosen = new Promise<ItemNode | undefined>((resolve) => {
    listeners.push(
      box.onDidHide(() => resolve(undefined)),
      box.onDidAccept(() => {
        resolve(box.activeItems[0]?.node);
        box.hide();
      }),
    );
  });
  box.show();
  show();
  void inventory.whenLoaded().then(async (state) => {
    await groups.whenGrouped();
    box.busy = false;
    show();
    if (groups.nodes.length === 0) {
      box.placeholder = 'error' in state ? errorText(state.error) : l10n.t('The organization has none.');
    }
  });
  const node = await chosen;
  listeners.forEach((listener) => void listener.dispose());
  if (node !== undefined) {
    await reveal(context, node);
  }
};

const COPY: QuickInputButton = { iconPath: new ThemeIcon('copy'), tooltip: l10n.t('Copy ID') };
const BROWSER: QuickInputButton = {
  iconPath: new ThemeIcon('link-external'),
  tooltip: l10n.t('Open in Browser'),
};

function commandOf(button: QuickInputButton, { kind }: ItemNode): string {
  if (kind === 'runner') {
    return button === COPY ? 'onaScm.copyRunnerId' : 'onaScm.openDashboard';
  }
  return button === COPY ? 'onaScm.copyId' : 'onaScm.openHost';
}

function showItems(
  box: QuickPick<FindItem>,
  { groups: { nodes }, selection }: LaterContext,
  recentItems: readonly NodeItem[],
): void {
  const typed = box.value.trim();
  const all = candidates(nodes, typed, selection.pickItem);
  const isById = ({ node }: NodeItem) => idOf(node).toLowerCase().includes(typed.toLowerCase());
  const byId = typed.length < ID_LENGTH ? [] : all.filter(isById);
  const found = byId.length > ID_MATCHES ? [] : byId;
  const recent = recentItems.filter(({ node }) => !found.some((item) => item.node === node));
  const first = new Set([...found, ...recent].map(({ node }) => node));
  box.items = [
    ...found.map((item) => ({
      ...item,
      description: withoutIcons(plainLine(idOf(item.node))),
      alwaysShow: true,
    })),
    ...(recent.length === 0 ? [] : [separator(l10n.t('recently opened'))]),
    ...recent,
    ...(first.size === 0 ? [] : [separator(l10n.t('all'))]),
    ...all.filter(({ node }) => !first.has(node)),
  ];
}

/** What was opened last, among all rows. */
function recentItems(
  nodes: readonly RunnerNode[],
  { recents, selection: { pickItem } }: LaterContext,
): readonly NodeItem[] {
  const owners = nodes.flatMap((runner) =>
    [runner, ...runner.integrations].map((node) => ({ node, runner })),
  );
  return recents
    .among(owners, ({ node }) => targetOf(node))
    .map(({ node, runner }) =>
      node.kind === 'runner'
        ? runnerItem(node, pickItem)
        : integrationItem(pickItem(node, undefined), runner),
    );
}

type PickItem = LaterContext['selection']['pickItem'];

type NodeItem = QuickPickItem & { readonly node: ItemNode };

/** All, or of very many those that have what is typed; the editor chooses among them then. */
function candidates(nodes: readonly RunnerNode[], typed: string, pickItem: PickItem): readonly NodeItem[] {
  const total = nodes.reduce((sum, { integrations }) => sum + 1 + integrations.length, 0);
  const filter = total > MOST_ITEMS ? Filter.parse(typed, FILTER_WORDS) : undefined;
  const items: NodeItem[] = [];
  for (const runner of nodes) {
    const test = filter?.testFor(runner) ?? (() => true);
    if (filter?.matchesRunner(runner) !== false) {
      items.push(runnerItem(runner, pickItem));
    }
    for (const node of runner.integrations) {
      if (items.length >= MOST_ITEMS) {
        return items;
      }
      if (test(node.integration)) {
        items.push(integrationItem(pickItem(node, undefined), runner));
      }
    }
  }
  return items;
}

function runnerItem(node: RunnerNode, pickItem: PickItem): NodeItem {
  return { ...pickItem(node, undefined), buttons: [COPY, BROWSER] };
}

function integrationItem(item: NodeItem, runner: RunnerNode): NodeItem {
  const on = withoutIcons(l10n.t('on {0}', runnerName(runner)));
  return { ...item, description: `${on} · ${item.description ?? ''}`, buttons: [COPY, BROWSER] };
}

function separator(label: string): FindItem {
  return { label, kind: QuickPickItemKind.Separator, node: undefined };
}

function idOf(node: ItemNode): string {
  return node.kind === 'runner' ? node.runnerId : node.integration.id;
}
