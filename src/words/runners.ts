import * as l10n from '@vscode/l10n';
import { plainLine } from '../base/plainLine.ts';
import type { RunnerEntry, RunnerRole } from '../inventory/groups.ts';
import { plural } from './numbersAndDates.ts';

/** The name to show for a runner. */
export function runnerName({ runner, ref: { runnerId }, role }: RunnerEntry): string {
  return nameOfRunner(runnerId, runner?.name ?? '', role);
}

/**
 * The same for a runner of which only this is known.
 *
 * @param name empty if it has none
 */
export function nameOfRunner(id: string, name: string, role: RunnerRole): string {
  if (role === 'local') {
    return l10n.t('Local runners');
  }
  const shortId = plainLine(id).slice(0, 8);
  if (role === 'unknown') {
    return shortId === '' ? l10n.t('Unknown runner') : l10n.t('Unknown runner {0}', shortId);
  }
  return plainLine(name) || l10n.t('Unnamed runner {0}', shortId);
}

/** E.g. `3 runners`. */
export function runnerCount(count: number): string {
  return plural(count, l10n.t('{0} runner', count), l10n.t('{0} runners', count));
}

/** A phase as shown in a row, never empty; undefined for the normal phase, which is not shown. */
export function phaseText(phase: string): string | undefined {
  switch (phase) {
    case 'RUNNER_PHASE_ACTIVE':
      return undefined;
    case 'RUNNER_PHASE_CREATED':
      return l10n.t('not set up yet');
    case 'RUNNER_PHASE_INACTIVE':
      return l10n.t('offline');
    case 'RUNNER_PHASE_DEGRADED':
      return l10n.t('degraded');
    case 'RUNNER_PHASE_DELETING':
      return l10n.t('being deleted');
    case 'RUNNER_PHASE_DELETED':
      return l10n.t('deleted');
    default:
      return enumText(phase, 'RUNNER_PHASE_') || l10n.t('state unknown');
  }
}

/**
 * A readable form of an API enum value without a text of its own: "napping" for `RUNNER_PHASE_NAPPING`. Empty for the
 * unspecified value.
 */
export function enumText(value: string, prefix: string): string {
  const name = value.startsWith(prefix) ? value.slice(prefix.length) : value;
  return name === 'UNSPECIFIED'
    ? ''
    : plainLine(
        name
          .toLowerCase()
          .replaceAll('_', ' ')
          .replace(/\bscm\b/g, 'SCM'),
      );
}
