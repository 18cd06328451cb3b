import {
  commands,
  l10n,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  ThemeIcon,
  window,
} from 'vscode';
import { plainLine } from '../base/plainLine.ts';
import { plural } from '../words/numbersAndDates.ts';
import { withoutIcons } from '../base/text.ts';
import { FILTER_FIELDS, type FilterField } from '../inventory/filter.ts';
import { FILTER_WORDS } from '../words/filter.ts';
import { INTEGRATIONS_VIEW } from '../names.ts';
import type { RunnerEntry } from '../inventory/groups.ts';
import type { Command, CommandContext } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';

/** A term to be typed; undefined for the row that ends the typing. */
type FilterItem = QuickPickItem & { readonly field: FilterField | undefined };

/** So many values stand as examples behind a term. */
const EXAMPLES = 4;

/** The examples come from so many runners: they are looked for with every key. */
const EXAMINED_RUNNERS = 200;

/**
 * *Filter…*: the tree follows what is typed. Enter keeps it, Escape puts back what was there before; the tree can be used
 * meanwhile.
 */
export const filter: Command = async (context) => {
  const { session, inventory, treeOptions, visibleTree } = context;
  if (!(await ensureSignedIn(session))) {
    return;
  }
  await commands.executeCommand(`${INTEGRATIONS_VIEW}.focus`);
  void inventory.whenLoaded();
  const current = treeOptions.current.filter?.text ?? '';
  const before = treeOptions.filterBox?.before ?? current;
  const text = treeOptions.filterBox?.replace() ?? current;
  const box = window.createQuickPick<FilterItem>();
  const clear: QuickInputButton = {
    iconPath: new ThemeIcon('clear-all'),
    tooltip: l10n.t('Clear Filter'),
  };
  box.title = l10n.t('Filter Integrations');
  box.placeholder = l10n.t('Words, or terms such as provider:gitlab auth:pat host:*.example.com');
  box.ignoreFocusOut = true;
  box.buttons = [clear];
  box.value = text;
  const show = (active?: FilterField) => showItems(box, context, active);
  const listeners: { dispose(): unknown }[] = [
    box,
    visibleTree.onDidChange(() => show(box.activeItems[0]?.field)),
    box.onDidChangeValue((value) => {
      treeOptions.setFilter(value);
      show();
    }),
    box.onDidTriggerButton(() => {
      box.value = '';
      treeOptions.setFilter('');
      show();
    }),
  ];
  const ended = new Promise<'kept' | 'given up' | 'replaced'>((resolve) => {
    treeOptions.filterBox = {
      before,
      replace: () => {
        resolve('replaced');
        box.hide();
        return box.value;
      },
    };
    listeners.push(
      box.onDidHide(() => resolve('given up')),
      box.onDidAccept(() => {
        const field = box.activeItems[0]?.field;
        if (field === undefined) {
          resolve('kept');
          box.hide();
          return;
        }
        box.value = `${box.value.trimEnd()} ${field}:`.trimStart();
        treeOptions.setFilter(box.value);
        show();
      }),
    );
  });
  show();
  box.show();
  const end = await ended;
  listeners.forEach((listener) => void listener.dispose());
  if (end === 'replaced') {
    return;
  }
  treeOptions.filterBox = undefined;
  if (end === 'given up') {
    treeOptions.setFilter(before);
  }
  await treeOptions.keepFilter();
};

/** *Clear Filter*: shows all rows again. */
export const clearFilter: Command = async ({ treeOptions }) => {
  if (treeOptions.current.filter === undefined) {
    window.setStatusBarMessage(l10n.t('There is no filter.'), 3000);
    return;
  }
  // A box that is open would put a filter back.
  treeOptions.filterBox?.replace();
  treeOptions.filterBox = undefined;
  treeOptions.setFilter('');
  await treeOptions.keepFilter();
};

/** @param active the term to stay on; the first row without one */
function showItems(
  box: QuickPick<FilterItem>,
  context: CommandContext,
  active: FilterField | undefined,
): void {
  const { shown, of } = context.visibleTree.current.integrations;
  const count: FilterItem = {
    field: undefined,
    iconPath: new ThemeIcon('filter'),
    label: plural(
      of,
      l10n.t('{0} of {1} integration', shown, of),
      l10n.t('{0} of {1} integrations', shown, of),
    ),
    description: l10n.t('Enter keeps the filter, Escape goes back'),
    alwaysShow: true,
  };
  const examples = findExamples(context.groups.runners.slice(0, EXAMINED_RUNNERS));
  const helps = FILTER_FIELDS.map((field): FilterItem => ({
    field,
    iconPath: new ThemeIcon('symbol-keyword'),
    label: `${field}:`,
    description: withoutIcons(`${meaning(field)} · ${examples[field].join(', ')}`),
    alwaysShow: true,
  }));
  box.items = [count, ...helps];
  box.activeItems = [helps.find(({ field }) => field !== undefined && field === active) ?? count];
}

function meaning(field: FilterField): string {
  switch (field) {
    case 'host':
      return l10n.t('source-control host; * stands for any text');
    case 'provider':
      return l10n.t('provider');
    case 'runner':
      return l10n.t('name of the runner');
    case 'auth':
      return l10n.t('sign-in method');
    case 'phase':
      return l10n.t('phase of the runner');
    case 'id':
      return l10n.t('ID of the integration or the runner');
  }
}

/** Values of these runners, as they are to be typed. */
function findExamples(runners: readonly RunnerEntry[]): Readonly<Record<FilterField, readonly string[]>> {
  const integrations = runners.flatMap((runner) => runner.integrations);
  return {
    host: typed(integrations.slice(0, 200).map(({ ref }) => ref.host)),
    provider: typed([...new Set(integrations.map(({ provider }) => provider.name))]),
    runner: typed(runners.map(FILTER_WORDS.runnerName)),
    auth: ['oauth', 'pat', 'none'],
    phase: typed(runners.flatMap((runner) => FILTER_WORDS.phase(runner).slice(0, 1))),
    id: typed(runners.map(({ ref }) => ref.runnerId)),
  };
}

/** The first few different ones; what has a space stands in quotation marks. */
function typed(values: readonly string[]): readonly string[] {
  const lines = values.slice(0, 1000).map((value) => plainLine(value, 40));
  const different = [...new Set(lines)].filter((line) => line !== '').slice(0, EXAMPLES);
  return different.map((line) => (/\s/.test(line) ? `"${line}"` : line));
}
