import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import type { Runner } from '../../api/runners.ts';
import type { RunnerEntry, RunnerRole } from '../../inventory/groups.ts';
import { capabilityText } from '../../words/capabilities.ts';
import { runnerKindText, runnerProviderText } from '../../words/runnerKinds.ts';
import { enumText, phaseText } from '../../words/runners.ts';
import { versionComparison } from '../../words/versionComparison.ts';
import { runnerIcon } from '../runnerIcon.ts';
import type { DetailsRow, DetailsSection, DetailsValue } from './protocol.ts';
import {
  code,
  codeOr,
  dateValue,
  markUnread,
  MAX_LIST_ROWS,
  moreRows,
  none,
  onOff,
  plain,
  row,
  textOr,
  timeValue,
} from './rows.ts';

/** The runner's state for rows and subtitles; undefined if it is normal, not known, or does not apply. */
export function runnerState(entry: RunnerEntry): DetailsValue | undefined {
  const { phase } = entry;
  const text = phase === undefined ? undefined : phaseText(phase);
  return text === undefined
    ? undefined
    : { text, style: phase === 'RUNNER_PHASE_DEGRADED' ? 'warning' : 'plain', icon: runnerIcon(entry).id };
}

/**
 * Every field of a runner. Only the ID is known of a runner that is not in the list.
 *
 * @param runners all of the organization
 * @param first rows to begin with
 */
export function runnerSection(
  entry: RunnerEntry,
  runners: readonly RunnerEntry[],
  first: readonly DetailsRow[] = [],
): DetailsSection {
  const { runner, role } = entry;
  return {
    key: 'runner',
    heading: l10n.t('Runner'),
    rows: [
      ...first,
      ...mainRows(entry, runners).map((one) => (runner === undefined ? one : markUnread(one, runner))),
    ],
    ...(runner !== undefined && {
      advanced: {
        label: l10n.t('More about this runner'),
        rows: advancedRows(runner, role).map((one) => markUnread(one, runner)),
      },
    }),
  };
}

function mainRows(entry: RunnerEntry, runners: readonly RunnerEntry[]): DetailsRow[] {
  const { runner, ref, role } = entry;
  const id = row('runner-id', l10n.t('Runner ID'), [codeOr(ref.runnerId)], l10n.t('Copy Runner ID'));
  if (runner === undefined) {
    const meaning = l10n.t(
      'unknown: this runner may have been deleted, or the API key may not have access to it',
    );
    return [row('phase', l10n.t('Phase'), [none(meaning)]), id];
  }
  const message = textOr(runner.message, l10n.t('none'));
  const comparison = versionComparison(entry, runners);
  return [
    ...onlyIfUnread(runner, 'name', row('name', l10n.t('Name'), [])),
    row('phase', l10n.t('Phase'), [phaseValue(entry)]),
    row('message', l10n.t('Message'), [message], l10n.t('Copy Message')),
    // The shared configuration never connects.
    ...(role === 'local'
      ? []
      : [row('status-updated-at', l10n.t('Last heard from'), [timeValue(runner.statusUpdatedAt)])]),
    id,
    row('kind', l10n.t('Kind'), [textOr(runnerKindText(runner))]),
    row('runner-provider', l10n.t('Infrastructure'), [textOr(runnerProviderText(runner), l10n.t('none'))]),
    row('region', l10n.t('Region'), [textOr(runner.region, l10n.t('none'))], l10n.t('Copy Region')),
    row(
      'version',
      l10n.t('Version'),
      [textOr(runner.version), ...(comparison === undefined ? [] : [none(comparison)])],
      l10n.t('Copy Version'),
    ),
  ];
}

function phaseValue(entry: RunnerEntry): DetailsValue {
  if (entry.role === 'local') {
    return none(l10n.t('none: does not run environments'));
  }
  return runnerState(entry) ?? plain(l10n.t('active'));
}

function advancedRows(runner: Runner, role: RunnerRole): DetailsRow[] {
  const { updateWindow, gateway, metrics, capabilities } = runner;
  const nothing = l10n.t('none');
  return [
    row('desired-phase', l10n.t('Desired phase'), [textOr(enumText(runner.desiredPhase, 'RUNNER_PHASE_'))]),
    row('variant', l10n.t('Variant'), [textOr(enumText(runner.variant, 'RUNNER_VARIANT_'))]),
    row('release-channel', l10n.t('Release channel'), [
      textOr(enumText(runner.releaseChannel, 'RUNNER_RELEASE_CHANNEL_')),
    ]),
    row('auto-update', l10n.t('Auto update'), [onOff(runner.autoUpdate)]),
    row('update-window', l10n.t('Update window'), [
      updateWindow === undefined
        ? none(l10n.t('at any time'))
        : plain(l10n.t('{0}:00 to {1}:00 UTC', updateWindow.startHour, updateWindow.endHour)),
    ]),
    row('log-level', l10n.t('Log level'), [textOr(enumText(runner.logLevel, 'LOG_LEVEL_'))]),
    row('devcontainer-image-cache-enabled', l10n.t('Image cache'), [
      onOff(runner.devcontainerImageCacheEnabled),
    ]),
    row('continuous-profiling', l10n.t('Continuous profiling'), [onOff(runner.continuousProfiling)]),
    row('metrics', l10n.t('Metrics'), [onOff(metrics.enabled || metrics.managedMetricsEnabled)]),
    row('metrics-url', l10n.t('Metrics URL'), [codeOr(metrics.url, nothing)], l10n.t('Copy Metrics URL')),
    row('gateway', l10n.t('Gateway'), [textOr(gateway.name, nothing)], l10n.t('Copy Gateway')),
    row('gateway-region', l10n.t('Gateway region'), [textOr(gateway.region, nothing)]),
    row(
      'capabilities',
      l10n.t('Capabilities'),
      [textOr(capabilities.map(capabilityText).join(', '), nothing)],
      l10n.t('Copy Capabilities'),
    ),
    row('system-details', l10n.t('System'), [textOr(runner.systemDetails)], l10n.t('Copy System')),
    ...runner.additionalInfo.slice(0, MAX_LIST_ROWS).map(({ key, value }, i) => {
      const label = plainLine(key) || l10n.t('Unnamed');
      return row(`info-${i}`, label, [textOr(value, nothing)], l10n.t('Copy {0}', label));
    }),
    ...moreRows('info', runner.additionalInfo.length),
    ...onlyIfUnread(runner, 'additionalInfo', row('additional-info', l10n.t('Additional information'), [])),
    row(
      'runner-manager-id',
      l10n.t('Runner manager ID'),
      [
        codeOr(
          runner.runnerManagerId,
          role === 'managed' ? l10n.t('not reported') : l10n.t('none: not managed by Ona'),
        ),
      ],
      l10n.t('Copy Runner Manager ID'),
    ),
    row('creator', l10n.t('Created by'), creatorValues(runner), l10n.t('Copy Creator ID')),
    row('created-at', l10n.t('Created'), [dateValue(runner.createdAt)]),
    row('updated-at', l10n.t('Last changed'), [dateValue(runner.updatedAt)]),
  ];
}

/** For a field that has no row of its own. */
function onlyIfUnread({ unread }: Runner, field: keyof Runner, one: DetailsRow): readonly DetailsRow[] {
  return unread?.includes(field) === true ? [one] : [];
}

/** The kind of account and its ID. */
function creatorValues({ creator }: Runner): DetailsValue[] {
  const principal = enumText(creator.principal, 'PRINCIPAL_');
  if (creator.id === '') {
    return [textOr(principal)];
  }
  return [...(principal === '' ? [] : [plain(principal)]), code(creator.id)];
}
