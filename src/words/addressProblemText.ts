import * as l10n from '@vscode/l10n';
import type { ApiUrlProblem } from '../account/apiUrl.ts';

/** What is wrong with an API address. */
export function addressProblemText(problem: ApiUrlProblem): string {
  switch (problem) {
    case 'notAnAddress':
      return l10n.t('This is not a valid address.');
    case 'scheme':
      return l10n.t('Only https addresses are allowed.');
    case 'insecure':
      return l10n.t(
        'http would send the API key unencrypted. Use https; http is allowed only for localhost, 127.0.0.1 and [::1].',
      );
    case 'credentials':
      return l10n.t('The address must not contain a user name or password.');
  }
}
