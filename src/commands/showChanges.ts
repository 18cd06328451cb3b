import { l10n, window, workspace } from 'vscode';
import type { Change } from '../inventory/changes.ts';
import { setNotifyOnChange } from '../platform/settings.ts';
import { changesUri } from '../views/documents/changesUri.ts';
import { lossesText } from '../words/losses.ts';
import type { CommandParts } from './command.ts';
import { showMessage } from './showMessage.ts';

/** *Show Changes*: opens a read-only document, and removes the marks from all rows. */
export async function showChanges({ changes }: Pick<CommandParts, 'changes'>): Promise<void> {
  await window.showTextDocument(await workspace.openTextDocument(changesUri()), { preview: false });
  changes.marks.allSeen();
}

/** Notifies the user of changes that can break clones. */
export function notifyOfChanges(
  parts: Pick<CommandParts, 'changes'>,
  losses: readonly Change[],
): Promise<void> {
  return showMessage('warning', lossesText(losses), [
    { label: l10n.t('Show Changes'), run: () => showChanges(parts) },
    { label: l10n.t("Don't Show Again"), run: () => setNotifyOnChange(false) },
  ]);
}
