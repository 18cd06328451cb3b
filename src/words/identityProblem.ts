import * as l10n from '@vscode/l10n';
import type { SessionStore } from '../account/session.ts';
import { OnaApiError } from '../api/transport/errors.ts';
import { errorText, reasonText } from './errors.ts';

/** Why it is not known whose API key is used. */
export function identityProblemText(problem: SessionStore['identityProblem']): string {
  const reason =
    problem === 'noOrganization'
      ? l10n.t('This API key does not belong to an organization. Use another key.')
      : problem instanceof OnaApiError
        ? errorText(problem)
        : reasonText(problem);
  return l10n.t('Your Ona account could not be determined. {0}', reason);
}
