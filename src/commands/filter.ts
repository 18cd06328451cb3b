import {
  commands,
  l10n,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
  ThemeIcon,
  window,
} from 'vscode';
import { plainLine } from '../api/plainLine.ts';
import { providerOf } from '../inventory/providers.ts';
import { plural } from '../platform/language.ts';
import { withoutIcons } from '../platform/text.ts';
import { FILTER_FIELDS, type FilterField } from '../views/tree/filter.ts';
import { FILTER_WORDS } from '../views/tree/filterWords.ts';
import { VIEW_ID } from '../views/tree/integrationsView.ts';
import type { Command, CommandContext } from './index.ts';
import { ensureSignedIn } from './selection.ts';

/** A term to be typed; undefined for the row that ends the typing. */
type FilterItem = QuickPickItem & { readonly field: FilterField | undefined };

/** So many values stand as examples behind a term. */
const EXAMPLES = 4;

/**
 * *Filter…*: the tree follows what is typed. Enter keeps it, Escape puts back what was there before; the tree can be used
 * meanwhile.
 */
export const filter: Command = async (context) => {
  const { session, inventory, wish, arranged } = context;
  if (!(await ensureSignedIn(session))) {
    return;
  }
  await commands.executeCommand(`${VIEW_ID}.focus`);
  void inventory.whenLoaded();
  const before = wish.current.filter?.text ?? '';
  const box = window.createQuickPick<FilterItem>();
  const clear: QuickInputButton = {
    iconPath: new ThemeIcon('clear-all'),
    tooltip: l10n.t('Clear Filter'),
  };
  box.title = l10n.t('Filter Integrations');
  box.placeholder = l10n.t('Words, or terms such as provider:gitlab auth:pat host:*.example.com');
  box.ignoreFocusOut = true;
  box.buttons = [clear];
  box.value = before;
  const show = () => showItems(box, context);
  const listeners: { dispose(): unknown }[] = [
    box,
    arranged.onDidChange(show),
    box.onDidChangeValue((value) => {
      wish.setFilter(value);
      show();
    }),
    box.onDidTriggerButton(() => {
      box.value = '';
      wish.setFilter('');
      show();
    }),
  ];
  const ended = new Promise<'kept' | 'given up'>((resolve) => {
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
        wish.setFilter(box.value);
        show();
      }),
    );
  });
  show();
  box.show();
  if ((await ended) === 'given up') {
    wish.setFilter(before);
  }
  listeners.forEach((listener) => void listener.dispose());
  await wish.keepFilter();
};

/** *Clear Filter*: shows all rows again. */
export const clearFilter: Command = async ({ wish }) => {
  if (wish.current.filter === undefined) {
    window.setStatusBarMessage(l10n.t('There is no filter.'), 3000);
    return;
  }
  wish.setFilter('');
  await wish.keepFilter();
};

function showItems(box: QuickPick<FilterItem>, context: CommandContext): void {
  const { shown, of } = context.arranged.current.integrations;
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
  const helps = FILTER_FIELDS.map((field): FilterItem => ({
    field,
    iconPath: new ThemeIcon('symbol-keyword'),
    label: `${field}:`,
    description: withoutIcons(`${meaning(field)} · ${examples(field, context).join(', ')}`),
    alwaysShow: true,
  }));
  box.items = [count, ...helps];
  box.activeItems = [count];
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

/** Values that there are, as they are to be typed. */
function examples(field: FilterField, { groups: { nodes } }: CommandContext): readonly string[] {
  const values = new Set<string>();
  const quote = (value: string) => (/\s/.test(value) ? `"${value}"` : value);
  if (field === 'auth') {
    return ['oauth', 'pat', 'none'];
  }
  for (const runner of nodes) {
    const found =
      field === 'runner'
        ? [FILTER_WORDS.runnerName(runner)]
        : field === 'phase'
          ? FILTER_WORDS.phase(runner).slice(0, 1)
          : field === 'id'
            ? [runner.runnerId]
            : runner.integrations.map(({ integration: { host, scmId } }) =>
                field === 'host' ? host : providerOf(scmId).name,
              );
    found.filter((value) => value !== '').forEach((value) => values.add(quote(plainLine(value, 40))));
    if (values.size >= EXAMPLES) {
      break;
    }
  }
  return [...values].slice(0, EXAMPLES);
}
