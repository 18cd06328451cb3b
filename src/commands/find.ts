import { l10n, type QuickInputButton, ThemeIcon } from 'vscode';
import { foldText } from '../base/foldText.ts';
import { plainLine } from '../base/plainLine.ts';
import { withoutIcons } from '../base/text.ts';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { openDashboard, openHost } from './browser.ts';
import type { Command } from './command.ts';
import { copyId, copyRunnerId } from './copy.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import {
  locatedItem,
  pickItem,
  type PickItem,
  quickPickItem,
  searchableItems,
  separator,
} from './pickItem.ts';
import { recentItems } from './recentItems.ts';
import { reveal } from './reveal.ts';

/** From this length on, typed text is looked for in IDs. */
const MIN_ID_LENGTH = 6;
/** Text that occurs in more IDs than this is probably not an ID. */
const MAX_ID_MATCHES = 20;

const COPY: QuickInputButton = { iconPath: new ThemeIcon('copy'), tooltip: l10n.t('Copy ID') };
const BROWSER: QuickInputButton = {
  iconPath: new ThemeIcon('link-external'),
  tooltip: l10n.t('Open in Browser'),
};

/** *Find Integration…*: a quick pick of everything. The chosen item is shown in the tree and in the details. */
export const find: Command = async (context) => {
  const { session, recents } = context;
  if (!(await ensureSignedIn(session))) {
    return;
  }
  const itemOf = (entry: ItemEntry) => ({ ...quickPickItem(entry), buttons: [COPY, BROWSER] });
  const allItems = searchableItems<ItemEntry>((runner) => [runner, ...runner.integrations], itemOf);
  let recent: { readonly of: readonly RunnerEntry[]; readonly items: readonly PickItem[] } | undefined;
  const entry = await pickItem<ItemEntry>(context, {
    title: l10n.t('Find Integration'),
    nothing: l10n.t('There are no runners or integrations in this organization.'),
    placeholder: l10n.t('Search by host, runner, provider, sign-in method, or ID'),
    itemsOf: function* (runners, typed) {
      if (recent?.of !== runners) {
        const opened = yield* recentItems(recents, runners);
        recent = {
          of: runners,
          items: opened.map(({ entry, runner }) => locatedItem(entry, runner, itemOf)),
        };
      }
      return inOrder(yield* allItems(runners, typed), recent.items, typed);
    },
    onButton: (entry, button) => commandOf(button, entry)(context, { row: entry }),
  });
  if (entry !== undefined) {
    await reveal(context, entry);
  }
};

function commandOf(button: QuickInputButton, { kind }: ItemEntry): Command {
  if (kind === 'runner') {
    return button === COPY ? copyRunnerId : openDashboard;
  }
  return button === COPY ? copyId : openHost;
}

/** Items with the typed ID, then those opened recently, then the rest. */
function inOrder(all: readonly PickItem[], recent: readonly PickItem[], typed: string): readonly PickItem[] {
  const isById = ({ entry }: PickItem) =>
    entry !== undefined && foldText(idOf(entry)).includes(foldText(typed));
  const byId = typed.length < MIN_ID_LENGTH ? [] : all.filter(isById);
  const found = byId.length > MAX_ID_MATCHES ? [] : byId;
  // Their counterparts in `all`, which are marked if they match the typed text.
  const known = new Map(recent.length === 0 ? [] : all.map((item) => [item.entry, item]));
  const others = recent
    .filter(({ entry }) => !found.some((item) => item.entry === entry))
    .map((item) => known.get(item.entry) ?? item);
  if (found.length === 0 && others.length === 0) {
    return all;
  }
  const first = new Set([...found, ...others].map(({ entry }) => entry));
  return [
    ...found.map((item) => ({
      ...item,
      ...(item.entry && { description: withoutIcons(plainLine(idOf(item.entry))) }),
      alwaysShow: true,
    })),
    ...(others.length === 0 ? [] : [separator<ItemEntry>(l10n.t('recently opened'))]),
    ...others,
    separator<ItemEntry>(l10n.t('all')),
    ...all.filter(({ entry }) => !first.has(entry)),
  ];
}

function idOf({ ref }: ItemEntry): string {
  return ref.kind === 'runner' ? ref.runnerId : ref.id;
}
