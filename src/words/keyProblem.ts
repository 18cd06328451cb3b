import * as l10n from '@vscode/l10n';
import type { KeyProblem } from '../account/sessionState.ts';

/** Why it is not known whether there is an API key. The manifest's welcome views say the same. */
export function keyProblemText(problem: KeyProblem): string {
  switch (problem) {
    case 'unreadable':
      return l10n.t("Your API key could not be read from VS Code's secret storage.");
    case 'noAnswer':
      return l10n.t("VS Code's secret storage is not responding.");
    case 'defect':
      return l10n.t('Because of an error, the extension could not determine who is signed in.');
  }
}
