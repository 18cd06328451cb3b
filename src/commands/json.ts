import { commands, l10n, window, workspace } from 'vscode';
import { findRunner, type ItemEntry, type RunnerEntry } from '../inventory/groups.ts';
import { plural } from '../words/numbersAndDates.ts';
import { documentUri } from '../views/documents/documentUri.ts';
import { hostText } from '../words/integrations.ts';
import { runnerName } from '../words/runners.ts';
import type { Command } from './command.ts';
import { confirmMany } from './confirmMany.ts';

/** *Open as JSON*: opens a read-only document for each item, in a tab that stays open. */
export const openJson: Command = async ({ selection, groups }, on) => {
  const entries = await selection.items(on, l10n.t('Open as JSON'));
  const n = entries.length;
  const question = plural(n, l10n.t('Open {0} document?', n), l10n.t('Open {0} documents?', n));
  if (await confirmMany(n, question)) {
    for (const entry of entries) {
      const document = await workspace.openTextDocument(documentUri(entry, groups.runners));
      await window.showTextDocument(document, { preview: false });
    }
  }
};

/** *Compare Selected*: two rows side by side, as JSON. */
export const compareJson: Command = async ({ selection, groups: { runners } }, on) => {
  const pair = await selection.pair(on, l10n.t('Compare Selected'));
  if (pair === undefined) {
    return;
  }
  const [left, right] = pair.map((entry) => documentUri(entry, runners));
  const [leftName = '', rightName = ''] = pair.map((entry) => nameOf(entry, runners));
  await commands.executeCommand('vscode.diff', left, right, l10n.t('{0} ↔ {1}', leftName, rightName), {
    preview: false,
  });
};

/** Includes the runner, because several runners can have an integration for the same host. */
function nameOf(entry: ItemEntry, runners: readonly RunnerEntry[]): string {
  if (entry.kind === 'runner') {
    return runnerName(entry);
  }
  const runner = findRunner(runners, entry.ref.runnerId);
  return runner === undefined ? hostText(entry) : l10n.t('{0} on {1}', hostText(entry), runnerName(runner));
}
