import { l10n, window } from 'vscode';

/** Number of pages or documents that open without a question. */
const MAX_WITHOUT_QUESTION = 10;

/**
 * Asks before too many pages or documents are opened.
 *
 * @returns whether to open them
 */
export async function confirmMany(count: number, question: string): Promise<boolean> {
  if (count <= MAX_WITHOUT_QUESTION) {
    return true;
  }
  const open = l10n.t('Open All');
  return (await window.showWarningMessage(question, { modal: true }, open)) === open;
}
