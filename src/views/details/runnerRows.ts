import { l10n } from 'vscode';
import { timeText } from '../../platform/language.ts';
import type { RunnerNode } from '../tree/nodes.ts';
import { enumText, phaseText, runnerKindText, runnerProviderText } from '../tree/runnerText.ts';
import type { DetailsRow, DetailsValue } from './messages.ts';
import { code, none, plain, row } from './rows.ts';

/** Every field of a runner. One that the list does not have is known by its id alone. */
export function runnerRows({ runner, runnerId, role }: RunnerNode): DetailsRow[] {
  const id = row('runner-id', l10n.t('Runner ID'), [code(runnerId)], l10n.t('Copy Runner ID'));
  if (runner === undefined) {
    return [id];
  }
  const { updateWindow, gateway, metrics, creator } = runner;
  return [
    row('phase', l10n.t('Phase'), [phaseValue(runner.phase, role)]),
    row('message', l10n.t('Message'), [runner.message === '' ? none(l10n.t('none')) : plain(runner.message)]),
    id,
    row('kind', l10n.t('Kind'), [textOr(runnerKindText(runner), l10n.t('not told'))]),
    row('runner-provider', l10n.t('Infrastructure'), [textOr(runnerProviderText(runner), l10n.t('none'))]),
    row('region', l10n.t('Region'), [textOr(runner.region, l10n.t('none'))]),
    row('version', l10n.t('Version'), [textOr(runner.version, l10n.t('not told'))], l10n.t('Copy Version')),
    row('variant', l10n.t('Variant'), [
      textOr(enumText(runner.variant, 'RUNNER_VARIANT_'), l10n.t('not told')),
    ]),
    row('desired-phase', l10n.t('Desired phase'), [
      textOr(enumText(runner.desiredPhase, 'RUNNER_PHASE_'), l10n.t('not told')),
    ]),
    row('release-channel', l10n.t('Release channel'), [
      textOr(enumText(runner.releaseChannel, 'RUNNER_RELEASE_CHANNEL_'), l10n.t('not told')),
    ]),
    row('auto-update', l10n.t('Auto update'), [onOff(runner.autoUpdate)]),
    row('update-window', l10n.t('Update window'), [
      updateWindow === undefined
        ? none(l10n.t('at any time'))
        : plain(l10n.t('{0}:00 to {1}:00 UTC', updateWindow.startHour, updateWindow.endHour)),
    ]),
    row('log-level', l10n.t('Log level'), [
      textOr(enumText(runner.logLevel, 'LOG_LEVEL_'), l10n.t('not told')),
    ]),
    row('image-cache', l10n.t('Image cache'), [onOff(runner.devcontainerImageCacheEnabled)]),
    row('profiling', l10n.t('Continuous profiling'), [onOff(runner.continuousProfiling)]),
    row('metrics', l10n.t('Metrics'), [
      onOff(metrics.enabled || metrics.managedMetricsEnabled),
      ...(metrics.url === '' ? [] : [plain(metrics.url)]),
    ]),
    row('gateway', l10n.t('Gateway'), [
      textOr([gateway.name, gateway.region].filter((part) => part !== '').join(' · '), l10n.t('none')),
    ]),
    row('capabilities', l10n.t('Capabilities'), [
      textOr(
        runner.capabilities.map((capability) => enumText(capability, 'RUNNER_CAPABILITY_')).join(', '),
        l10n.t('none'),
      ),
    ]),
    row('system', l10n.t('System'), [textOr(runner.systemDetails, l10n.t('not told'))]),
    ...runner.additionalInfo.map(({ key, value }, i) =>
      row(`info-${i}`, key, [textOr(value, l10n.t('none'))]),
    ),
    row(
      'manager',
      l10n.t('Runner manager ID'),
      [
        runner.runnerManagerId === ''
          ? none(role === 'managed' ? l10n.t('not told') : l10n.t('none: not operated by Ona'))
          : code(runner.runnerManagerId),
      ],
      l10n.t('Copy Runner Manager ID'),
    ),
    row(
      'creator',
      l10n.t('Created by'),
      [
        textOr(enumText(creator.principal, 'PRINCIPAL_'), ''),
        ...(creator.id === '' ? [] : [code(creator.id)]),
      ].filter(({ text }) => text !== ''),
    ),
    row('created', l10n.t('Created'), [dateValue(runner.createdAt)]),
    row('updated', l10n.t('Changed'), [dateValue(runner.updatedAt)]),
    row('status-updated', l10n.t('Last heard of'), [dateValue(runner.statusUpdatedAt)]),
  ];
}

function phaseValue(phase: string, role: RunnerNode['role']): DetailsValue {
  if (role === 'local') {
    return none(l10n.t('none: it runs no environments'));
  }
  const problem = phaseText(phase);
  return problem === undefined
    ? { text: l10n.t('active'), style: 'good', icon: 'vm-active' }
    : { text: problem, style: 'warning', icon: 'warning' };
}

function textOr(text: string, meaning: string): DetailsValue {
  return text === '' ? none(meaning) : plain(text);
}

function onOff(on: boolean): DetailsValue {
  return plain(on ? l10n.t('on') : l10n.t('off'));
}

/** RFC 3339 with up to nine decimals, shown in the person's time zone; what is no time stands as it came. */
function dateValue(timestamp: string | undefined): DetailsValue {
  if (timestamp === undefined) {
    return none(l10n.t('not told'));
  }
  const time = new Date(timestamp);
  return plain(
    Number.isNaN(time.getTime()) ? timestamp : timeText(time, { dateStyle: 'medium', timeStyle: 'short' }),
  );
}
