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
import { STATUSES } from '../inventory/statuses.ts';
import { FILTER_WORDS } from '../words/filter.ts';
import { INTEGRATIONS_VIEW } from '../names.ts';
import type { RunnerEntry } from '../inventory/groups.ts';
import type { Command, CommandContext } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { replaceFilter } from './replaceFilter.ts';

/** Inserts a term into the filter; if `field` is undefined, accepts the filter. */
type FilterItem = QuickPickItem & { readonly field: FilterField | undefined };

/** Number of example values shown for each term. */
const EXAMPLES = 4;

/** Number of runners that are searched for examples, which happens on every keystroke. */
const EXAMINED_RUNNERS = 200;

/**
 * *Filter…*: the tree follows the typed text, and can be used meanwhile. Enter keeps the filter, Escape restores the
 * previous one.
 */
export const filter: Command = async (context) => {
  const { session, inventory, treeOptions, visibleTree } = context;
  if (!(await ensureSignedIn(session))) {
    return;
  }
  await commands.executeCommand(`${INTEGRATIONS_VIEW}.focus`);
  void inventory.whenLoaded();
  await treeOptions.prepareFilter();
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
export const clearFilter: Command = async (context) => {
  const { treeOptions } = context;
  await treeOptions.whenStarted();
  if (treeOptions.current.filter === undefined) {
    window.setStatusBarMessage(l10n.t('No filter is set.'), 3000);
    return;
  }
  await replaceFilter(context, '');
};

/** @param active the term to keep active; the first item if undefined */
function showItems(
  box: QuickPick<FilterItem>,
  context: CommandContext,
  active: FilterField | undefined,
): void {
  const { integrations, matches } = context.visibleTree.current;
  const { shown, of } = matches ?? integrations;
  const count: FilterItem = {
    field: undefined,
    iconPath: new ThemeIcon('filter'),
    label:
      matches === undefined
        ? plural(
            of,
            l10n.t('{0} of {1} integration', shown, of),
            l10n.t('{0} of {1} integrations', shown, of),
          )
        : plural(of, l10n.t('{0} of {1} row', shown, of), l10n.t('{0} of {1} rows', shown, of)),
    description: l10n.t('Press Enter to keep the filter or Escape to restore the previous one'),
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
      return l10n.t('source-control host; * matches any text');
    case 'provider':
      return l10n.t('provider');
    case 'runner':
      return l10n.t('runner name');
    case 'auth':
      return l10n.t('sign-in method');
    case 'status':
      return l10n.t('status; a comma separates alternatives');
    case 'phase':
      return l10n.t('runner phase');
    case 'id':
      return l10n.t('integration or runner ID');
  }
}

/** Example values from these runners, as they would be typed. */
function findExamples(runners: readonly RunnerEntry[]): Readonly<Record<FilterField, readonly string[]>> {
  const integrations = runners.flatMap((runner) => runner.integrations);
  return {
    host: typed(integrations.slice(0, 200).map(({ ref }) => ref.host)),
    provider: typed([...new Set(integrations.map(({ provider }) => provider.name))]),
    runner: typed(runners.map(FILTER_WORDS.runnerName)),
    auth: ['oauth', 'pat', 'none'],
    status: STATUSES,
    phase: typed(runners.flatMap((runner) => FILTER_WORDS.phase(runner).slice(0, 1))),
    id: typed(runners.map(({ ref }) => ref.runnerId)),
  };
}

/** The first few distinct values, in quotation marks if they contain a space. */
function typed(values: readonly string[]): readonly string[] {
  const lines = values.slice(0, 1000).map((value) => plainLine(value, 40));
  const different = [...new Set(lines)].filter((line) => line !== '').slice(0, EXAMPLES);
  return different.map((line) => (/\s/.test(line) ? `"${line}"` : line));
}
