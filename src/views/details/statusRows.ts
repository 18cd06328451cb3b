import * as l10n from '@vscode/l10n';
import { configurationProblems } from '../../inventory/configurationProblems.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { describedProvider } from '../../inventory/schemaAnswer.ts';
import { connectOf } from '../../words/connect.ts';
import { listText } from '../../words/numbersAndDates.ts';
import { isServiceAccount, problemSentence } from '../../words/reasons.ts';
import { runnerName } from '../../words/runners.ts';
import { signInSentence } from '../../words/signIns.ts';
import { statusCount } from '../../words/statusCount.ts';
import { checkRows } from './checkRows.ts';
import type { DetailsFacts } from './detailsFacts.ts';
import type { DetailsRow } from './protocol.ts';
import { none, plain, row } from './rows.ts';

/** The keys of the rows that can say that somebody is not signed in. */
export const SIGN_IN_ROWS = ['own-sign-in', 'access'] as const;

/** Facts about an item that are no reasons for its status. */
export function statusRows(entry: ItemEntry, runner: RunnerEntry, facts: DetailsFacts): DetailsRow[] {
  return entry.kind === 'runner'
    ? problemRows(entry)
    : [
        ...signInRows(entry, runner, facts),
        ...scopeRows(entry, runner, facts),
        ...checkRows(entry, runner, facts),
        ...inheritedRows(entry),
      ];
}

/** What is wrong with a runner's integrations: their own statuses are not the runner's. */
function problemRows({ problems }: RunnerEntry): DetailsRow[] {
  const parts = (['broken', 'attention'] as const)
    .filter((status) => problems[status] > 0)
    .map((status) => statusCount(status, problems[status]));
  return parts.length === 0 ? [] : [row('problems', l10n.t('Integrations'), [plain(listText(parts))])];
}

function signInRows(entry: IntegrationEntry, runner: RunnerEntry, { signIns }: DetailsFacts): DetailsRow[] {
  const sentence = signInSentence(entry, signIns, runner.role);
  if (sentence === undefined || signIns === undefined) {
    return [];
  }
  // The sentence says so itself if there is no sign-in.
  const isMadeElsewhere = isServiceAccount(signIns.subject) && entry.signIns?.length !== 0;
  const how = isMadeElsewhere
    ? [plain(l10n.t('Its sign-in is made with the API or Terraform ({0}).', 'ona_git_authentication'))]
    : [];
  const wayOut = connectOf(entry, runner, signIns.subject)?.label;
  return [
    {
      ...row(SIGN_IN_ROWS[0], l10n.t('Sign-in'), [plain(sentence), ...how]),
      lines: true,
      ...(wayOut !== undefined && { wayOut }),
    },
  ];
}

/**
 * The scopes of the sign-ins on record, beside what the runner says about tokens. They are not judged: scopes include
 * each other in ways that only the host knows.
 */
function scopeRows(
  { signIns = [], integration }: IntegrationEntry,
  runner: RunnerEntry,
  { schema }: DetailsFacts,
): DetailsRow[] {
  const scopes = [...new Set(signIns.map((token) => token.scopes.join(', ')))].filter((text) => text !== '');
  if (scopes.length === 0) {
    return [];
  }
  const hasToken = signIns.some(({ source }) => source === 'HOST_AUTHENTICATION_TOKEN_SOURCE_PAT');
  const provider = hasToken ? describedProvider(schema, integration.scmId) : undefined;
  const needs = provider?.pat?.description ?? '';
  const values = [
    ...scopes.map(plain),
    ...(needs === '' ? [] : [none(l10n.t('According to {0}: {1}', runnerName(runner), needs))]),
  ];
  return [{ ...row('scopes', l10n.t('Scopes'), values), lines: true }];
}

/** What looks wrong with an integration that nobody here can change. */
function inheritedRows(entry: IntegrationEntry): DetailsRow[] {
  if (!entry.isInherited) {
    return [];
  }
  const sentences = [...configurationProblems(entry)]
    .filter((problem) => problem !== 'duplicateHost')
    .map((problem) => problemSentence(problem, entry));
  return sentences.length === 0
    ? []
    : [
        row('inherited', l10n.t('Configuration'), [
          ...sentences.map(plain),
          plain(l10n.t('Ona manages this integration, so it cannot be changed here.')),
        ]),
      ];
}
