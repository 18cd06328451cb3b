import { l10n, window } from 'vscode';

/** So many pages or documents open without a question. */
const MANY = 10;

/** Whether so many things are to open at once; asks where they are many. */
export async function confirmMany(count: number, question: string): Promise<boolean> {
  if (count <= MANY) {
    return true;
  }
  const open = l10n.t('Open All');
  return (await window.showWarningMessage(question, { modal: true }, open)) === open;
}
