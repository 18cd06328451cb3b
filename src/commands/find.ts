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
  const show = () => showItems(box, context);
  const listeners: { dispose(): unknown }[] = [
    box,
    groups.onDidChange(show),
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

function showItems(box: QuickPick<FindItem>, { groups: { nodes }, recents, selection }: LaterContext): void {
  const typed = box.value.trim();
  const all = candidates(nodes, typed, selection.pickItem);
  const isById = ({ node }: NodeItem) => idOf(node).toLowerCase().includes(typed.toLowerCase());
  const byId = typed.length < ID_LENGTH ? [] : all.filter(isById);
  const found = byId.length > ID_MATCHES ? [] : byId;
  const recent = recents.among(all, ({ node }) => targetOf(node)).filter((item) => !found.includes(item));
  const first = new Set([...found, ...recent]);
  const active = box.activeItems[0]?.node?.id;
  box.items = [
    ...found.map((item) => ({ ...item, description: idOf(item.node), alwaysShow: true })),
    ...(recent.length === 0 ? [] : [separator(l10n.t('recently opened'))]),
    ...recent,
    ...(first.size === 0 ? [] : [separator(l10n.t('all'))]),
    ...all.filter((item) => !first.has(item)),
  ];
  // New items would move the choice to the first one.
  box.activeItems = box.items.filter(({ node }) => node !== undefined && node.id === active).slice(0, 1);
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
      items.push({ ...pickItem(runner, undefined), buttons: [COPY, BROWSER] });
    }
    for (const node of runner.integrations.filter(({ integration }) => test(integration))) {
      items.push(integrationItem(pickItem(node, undefined), runner));
    }
    if (items.length >= MOST_ITEMS) {
      break;
    }
  }
  return items;
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
