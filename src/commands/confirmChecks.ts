import { l10n, window } from 'vscode';
import type { CheckKind } from '../checks/checkState.ts';
import type { RunnerEntry } from '../inventory/groups.ts';
import { confirmQuestion, type LeftOut, leftOutText } from '../words/checkSummary.ts';

/** Number of calls to runners that are made without a question. */
const MAX_WITHOUT_QUESTION = 50;

export interface CheckQuestion {
  readonly kind: CheckKind;
  readonly calls: readonly { readonly runner: RunnerEntry }[];
  readonly leftOut: readonly LeftOut[];
  /** What the user has to know in any case. */
  readonly explanation?: string | undefined;
}

/**
 * Asks before very many calls are made to runners, or explains what they do.
 *
 * @returns whether to make them
 */
export async function confirmChecks({ kind, calls, leftOut, explanation }: CheckQuestion): Promise<boolean> {
  const isMany = calls.length > MAX_WITHOUT_QUESTION;
  if (!isMany && explanation === undefined) {
    return true;
  }
  const runners = new Set(calls.map(({ runner }) => runner)).size;
  const question = isMany ? confirmQuestion(kind, calls.length, runners) : undefined;
  const [message = '', ...details] = [question, explanation].filter((text) => text !== undefined);
  const detail = [...details, leftOutText(leftOut)].filter((text) => text !== '').join(' ');
  const go = kind === 'access' ? l10n.t('Check') : l10n.t('Validate');
  // An explanation warns of nothing.
  const ask = isMany ? window.showWarningMessage : window.showInformationMessage;
  return (await ask(message, { modal: true, detail }, go)) === go;
}
