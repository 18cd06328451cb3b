import * as l10n from '@vscode/l10n';
import {
  findRunner,
  type IntegrationEntry,
  type ItemEntry,
  type RunnerEntry,
} from '../../inventory/groups.ts';
import type { ItemRef } from '../../inventory/itemRef.ts';
import { errorText } from '../../words/errors.ts';
import { hostText, providerText } from '../../words/integrations.ts';
import { unreadIntegrations } from '../../words/leftOut.ts';
import { asOfText } from '../../words/numbersAndDates.ts';
import { runnerName } from '../../words/runners.ts';
import { runnerIcon } from '../runnerIcon.ts';
import { checkActions } from './checkActions.ts';
import { detailsActions, refreshAction } from './detailsActions.ts';
import type { DetailsFacts } from './detailsFacts.ts';
import { integrationRows } from './integrationRows.ts';
import { linkedRows, signInAndStatus } from './linkedRows.ts';
import type { DetailsModel, DetailsRow, DetailsSection } from './protocol.ts';
import { providerSection } from './providerSection.ts';
import { duplicateSections, relatedRows } from './relatedSections.ts';
import { none, opens, plain, row, warning } from './rows.ts';
import { runnerSection, runnerState } from './runnerRows.ts';
import { sourceControlSection } from './sourceControlSection.ts';
import { statusSection } from './statusSection.ts';

/** Everything that is known about an integration or a runner, as the panel shows it. */
export function detailsModel(
  entry: ItemEntry,
  runners: readonly RunnerEntry[],
  facts: DetailsFacts,
): DetailsModel {
  const page =
    entry.kind === 'runner' ? runnerPage(entry, runners, facts) : integrationPage(entry, runners, facts);
  return {
    ...page,
    notice: undefined,
    gone: false,
    status: statusSection(entry, runners, facts),
    asOf: asOfLine(facts.asOf),
    actions: [
      ...detailsActions(entry, facts.pinned),
      ...checkActions(entry, findRunner(runners, entry.ref.runnerId), facts),
    ],
  };
}

/** When the values were read; empty if they are not known. */
export function asOfLine(asOf: Date | undefined): string {
  return asOf === undefined ? '' : l10n.t('As of {0}', asOfText(asOf, 'seconds'));
}

/** The model of an item whose values are not known. */
export function emptyModel(ref: ItemRef): DetailsModel {
  return {
    title: ref.kind === 'runner' ? l10n.t('Runner') : ref.host || l10n.t('Integration'),
    subtitle: '',
    state: undefined,
    icon: ref.kind === 'runner' ? 'vm-outline' : 'git-host',
    notice: undefined,
    gone: false,
    status: undefined,
    sections: [],
    asOf: '',
    actions: [refreshAction()],
  };
}

type Page = Pick<DetailsModel, 'title' | 'subtitle' | 'state' | 'icon' | 'sections'>;

function runnerPage(entry: RunnerEntry, runners: readonly RunnerEntry[], { schema }: DetailsFacts): Page {
  return {
    title: runnerName(entry),
    subtitle: runnerSubtitle(entry),
    state: runnerState(entry),
    icon: runnerIcon(entry).id,
    sections: [
      runnerSection(entry, runners),
      sourceControlSection(entry, schema),
      { key: 'integrations', heading: integrationsHeading(entry), rows: ownIntegrationRows(entry) },
    ],
  };
}

function runnerSubtitle({ role }: RunnerEntry): string {
  switch (role) {
    case 'local':
      return l10n.t('Configuration shared by all local runners in the organization');
    case 'managed':
      return l10n.t('Runner managed by Ona');
    case 'unknown':
      return l10n.t(
        'Not in the list of runners: it may have been deleted, or the API key may not have access to it',
      );
    case 'ordinary':
      return l10n.t('Runner');
  }
}

function integrationsHeading({ integrations: { length }, isComplete }: RunnerEntry): string {
  if (length === 0) {
    return l10n.t('Integrations');
  }
  return isComplete ? l10n.t('Integrations ({0})', length) : l10n.t('Integrations ({0} so far)', length);
}

function ownIntegrationRows({ integrations, isComplete, error, leftOut }: RunnerEntry): DetailsRow[] {
  const meaning = isComplete ? l10n.t('cannot reach any source-control host') : l10n.t('not loaded');
  return [
    ...(error === undefined
      ? []
      : [row('failure', l10n.t('Could not be loaded'), [warning(errorText(error))])]),
    ...(leftOut === 0 ? [] : [row('left-out', l10n.t('Missing'), [warning(unreadIntegrations(leftOut))])]),
    ...linkedRows('integration', integrations, (child) => ({
      ref: child.ref,
      label: hostText(child),
      values: [plain(providerText(child)), ...signInAndStatus(child)],
    })),
    ...(integrations.length > 0 || error !== undefined || leftOut > 0
      ? []
      : [row('none', l10n.t('None'), [none(meaning)])]),
  ];
}

function integrationPage(
  entry: IntegrationEntry,
  runners: readonly RunnerEntry[],
  { schema }: DetailsFacts,
): Page {
  const runner = findRunner(runners, entry.ref.runnerId);
  const sections: DetailsSection[] = [
    { key: 'integration', heading: l10n.t('Integration'), rows: integrationRows(entry, runner) },
    providerSection(entry, runner, schema),
    ...(runner === undefined ? [] : [runnerSection(runner, runners, [runnerRow(runner)])]),
    ...(runner === undefined ? [] : duplicateSections(entry, runner)),
    { key: 'related', heading: l10n.t('Same Host on Other Runners'), rows: relatedRows(entry, runners) },
  ];
  return {
    title: hostText(entry),
    subtitle: integrationSubtitle(entry, runner),
    state: runner && runnerState(runner),
    icon: entry.provider.glyph,
    sections,
  };
}

function integrationSubtitle(entry: IntegrationEntry, runner: RunnerEntry | undefined): string {
  const place =
    runner === undefined
      ? providerText(entry)
      : l10n.t('{0} on {1}', providerText(entry), runnerName(runner));
  if (entry.isInherited) {
    return l10n.t('{0}, managed by Ona', place);
  }
  // What is not inherited can be changed.
  return entry.managed ? l10n.t('{0}, on Ona Cloud', place) : place;
}

function runnerRow(entry: RunnerEntry): DetailsRow {
  const { runner, role, ref } = entry;
  // A name that we made up is not worth copying.
  const hasName = runner !== undefined && runner.name !== '' && role !== 'local';
  const name = opens(runnerName(entry), ref);
  return row('runner-name', l10n.t('Name'), [name], hasName ? l10n.t('Copy Runner Name') : undefined);
}
