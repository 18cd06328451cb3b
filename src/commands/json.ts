import { commands, l10n, window, workspace } from 'vscode';
import { plural } from '../platform/language.ts';
import { documentUri } from '../views/documents/documentUri.ts';
import { hostText } from '../views/tree/rowText.ts';
import type { ItemNode, RunnerNode } from '../views/tree/nodes.ts';
import { runnerName } from '../views/tree/runnerText.ts';
import type { LaterCommand } from './later.ts';
import { confirmMany } from './many.ts';

/** *Open as JSON*: a read-only document each, which stays open. */
export const openJson: LaterCommand = async (context, row, rows) => {
  const nodes = await context.selection.chosenNodes(context, row, rows, l10n.t('Open as JSON'), true);
  const n = nodes.length;
  const question = plural(n, l10n.t('Open {0} document?', n), l10n.t('Open {0} documents?', n));
  if (await confirmMany(n, question)) {
    for (const node of nodes) {
      const document = await workspace.openTextDocument(documentUri(node, context.groups.nodes));
      await window.showTextDocument(document, { preview: false });
    }
  }
};

/** *Compare Selected*: two rows side by side, as JSON. */
export const compareJson: LaterCommand = async (context, row, rows) => {
  const pair = await context.selection.chosenPair(context, row, rows, l10n.t('Compare Selected'));
  if (pair === undefined) {
    return;
  }
  const runners = context.groups.nodes;
  const [left, right] = pair.map((node) => documentUri(node, runners));
  const [leftName = '', rightName = ''] = pair.map((node) => nodeName(node, runners));
  await commands.executeCommand('vscode.diff', left, right, l10n.t('{0} ↔ {1}', leftName, rightName), {
    preview: false,
  });
};

/** Integrations of one host are told apart by their runners. */
function nodeName(node: ItemNode, runners: readonly RunnerNode[]): string {
  if (node.kind === 'runner') {
    return runnerName(node);
  }
  const owner = runners.find(({ runnerId }) => runnerId === node.integration.runnerId);
  return owner === undefined ? hostText(node) : l10n.t('{0} on {1}', hostText(node), runnerName(owner));
}
