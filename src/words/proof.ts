import * as l10n from '@vscode/l10n';
import type { Subject } from '../api/identity.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import { hostText } from './integrations.ts';
import { isServiceAccount, serviceAccountName } from './reasons.ts';
import { runnerName } from './runners.ts';

/**
 * What proves that an integration works, as a sentence.
 *
 * @param subject whose sign-in it is; undefined if that is not known
 */
export function proofSentence(
  entry: IntegrationEntry,
  runner: RunnerEntry,
  subject: Subject | undefined,
): string {
  const [name, host] = [runnerName(runner), hostText(entry)];
  return subject !== undefined && isServiceAccount(subject)
    ? l10n.t('{0} has confirmed that {1} is signed in to {2}.', name, serviceAccountName(subject), host)
    : l10n.t('{0} has confirmed that you are signed in to {1}.', name, host);
}
