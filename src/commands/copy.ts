import { env, l10n, window } from 'vscode';
import type { IntegrationNode, ItemNode } from '../views/tree/nodes.ts';
import type { Command, CommandContext } from './index.ts';
import { chosenIntegrations, chosenNodes, nodesOf } from './selection.ts';

/** *Copy Integration ID*: of several, one per line. */
export const copyId: Command = async (context, row, rows) => {
  if (isKey(row)) {
    await copyFocusedIds(context);
    return;
  }
  const nodes = await chosenIntegrations(context, row, rows, l10n.t('Copy Integration ID'));
  await copyLines(nodes, ({ integration }: IntegrationNode) => integration.id, {
    one: l10n.t('$(copy) Copied the integration ID'),
    several: (count) => l10n.t('$(copy) Copied {0} integration IDs', count),
    none: l10n.t('The API sent no ID for this integration, so nothing was copied.'),
  });
};

/** What the key for copying does, as it does in every list: each row gives what it is known by. */
async function copyFocusedIds(context: CommandContext): Promise<void> {
  const rows = await context.view.focusedRows();
  const nodes = nodesOf(rows);
  if (nodes.length === 0) {
    window.setStatusBarMessage(l10n.t('This row has no ID.'), 3000);
    return;
  }
  const isAll = (kind: ItemNode['kind']) => nodes.every((node) => node.kind === kind);
  if (isAll('integration') || isAll('runner')) {
    await (isAll('integration') ? copyId : copyRunnerId)(context, rows[0], rows);
    return;
  }
  const idOf = (node: ItemNode) => (node.kind === 'runner' ? node.runnerId : node.integration.id);
  await copyLines(nodes, idOf, {
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
  const nodes = await chosenNodes(context, row, rows, l10n.t('Copy Runner ID'));
  const idOf = (node: ItemNode) => (node.kind === 'runner' ? node.runnerId : node.integration.runnerId);
  await copyLines(nodes, idOf, {
    one: l10n.t('$(copy) Copied the runner ID'),
    several: (count) => l10n.t('$(copy) Copied {0} runner IDs', count),
    none: l10n.t('The API sent no ID for this runner, so nothing was copied.'),
  });
};

/** *Copy Host*: as the integration names it, without a scheme. */
export const copyHost: Command = async (context, row, rows) => {
  const nodes = await chosenIntegrations(context, row, rows, l10n.t('Copy Host'));
  await copyLines(nodes, ({ integration }: IntegrationNode) => integration.host, {
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
  nodes: readonly T[],
  valueOf: (node: T) => string,
  texts: CopyTexts,
): Promise<void> {
  if (nodes.length === 0) {
    return;
  }
  const lines = [...new Set(nodes.map(valueOf))].filter((line) => line !== '');
  if (lines.length === 0) {
    void window.showInformationMessage(texts.none);
    return;
  }
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(lines.length === 1 ? texts.one : texts.several(lines.length), 3000);
}
