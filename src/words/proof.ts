import * as l10n from '@vscode/l10n';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import { hostText } from './integrations.ts';
import { runnerName } from './runners.ts';

/** What proves that an integration works, as a sentence. It says nothing about whose sign-in it is. */
export function proofSentence(entry: IntegrationEntry, runner: RunnerEntry): string {
  return l10n.t('{0} confirmed the sign-in to {1}.', runnerName(runner), hostText(entry));
}
