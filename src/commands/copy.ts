import { env, l10n, window } from 'vscode';
import type { ItemEntry } from '../inventory/groups.ts';
import type { Command, CommandContext } from './index.ts';
import { chosenIntegrations, chosenItems, itemsOfRows } from './selection.ts';

/** *Copy Integration ID*: of several, one per line. */
export const copyId: Command = async (context, row, rows) => {
  if (isKey(row)) {
    await copyFocusedIds(context);
    return;
  }
  const entries = await chosenIntegrations(context, row, rows, l10n.t('Copy Integration ID'));
  await copyLines(entries, ({ ref }) => ref.id, {
    one: l10n.t('$(copy) Copied the integration ID'),
    several: (count) => l10n.t('$(copy) Copied {0} integration IDs', count),
    none: l10n.t('The API sent no ID for this integration, so nothing was copied.'),
  });
};

/** What the key for copying does, as it does in every list: each row gives what it is known by. */
async function copyFocusedIds(context: CommandContext): Promise<void> {
  const rows = await context.view.focusedRows();
  const entries = itemsOfRows(rows);
  if (entries.length === 0) {
    window.setStatusBarMessage(l10n.t('This row has no ID.'), 3000);
    return;
  }
  const isAll = (kind: ItemEntry['kind']) => entries.every((entry) => entry.kind === kind);
  if (isAll('integration') || isAll('runner')) {
    await (isAll('integration') ? copyId : copyRunnerId)(context, rows[0], rows);
    return;
  }
  const idOf = ({ ref }: ItemEntry) => (ref.kind === 'runner' ? ref.runnerId : ref.id);
  await copyLines(entries, idOf, {
    one: l10n.t('$(copy) Copied the ID'),
    several: (count) => l10n.t('$(copy) Copied {0} IDs', count),
    none: l10n.t('The API sent no ID for these rows, so nothing was copied.'),
  });
}

/** The arguments of the key binding, which gets no row. */
function isKey(argument: unknown): boolean {
  return typeof argument === 'object' && argument !== null && 'focused' in argument;
}

/** *Copy Runner ID*: of a runner, or of the runner of an integration. */
export const copyRunnerId: Command = async (context, row, rows) => {
  const entries = await chosenItems(context, row, rows, l10n.t('Copy Runner ID'));
  await copyLines(entries, ({ ref }) => ref.runnerId, {
    one: l10n.t('$(copy) Copied the runner ID'),
    several: (count) => l10n.t('$(copy) Copied {0} runner IDs', count),
    none: l10n.t('The API sent no ID for this runner, so nothing was copied.'),
  });
};

/** *Copy Host*: as the integration names it, without a scheme. */
export const copyHost: Command = async (context, row, rows) => {
  const entries = await chosenIntegrations(context, row, rows, l10n.t('Copy Host'));
  await copyLines(entries, ({ ref }) => ref.host, {
    one: l10n.t('$(copy) Copied the host'),
    several: (count) => l10n.t('$(copy) Copied {0} hosts', count),
    none: l10n.t('The API sent no host for this integration, so nothing was copied.'),
  });
};

interface CopyTexts {
  readonly one: string;
  readonly several: (count: number) => string;
  readonly none: string;
}

/** Copies one line per different value, and says so where it does not disturb. */
async function copyLines<T>(
  entries: readonly T[],
  valueOf: (entry: T) => string,
  texts: CopyTexts,
): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const lines = [...new Set(entries.map(valueOf))].filter((line) => line !== '');
  if (lines.length === 0) {
    void window.showInformationMessage(texts.none);
    return;
  }
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(lines.length === 1 ? texts.one : texts.several(lines.length), 3000);
}
