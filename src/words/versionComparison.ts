import * as l10n from '@vscode/l10n';
import type { RunnerEntry } from '../inventory/groups.ts';
import { plural } from './numbersAndDates.ts';
import { runnerProviderText } from './runnerKinds.ts';
import { enumText } from './runners.ts';

/**
 * How the version of a runner compares with those of the others of its kind: of the same infrastructure and release
 * channel. Without a verdict: they may update at different times on purpose.
 *
 * @returns undefined if there are no others, or if their versions cannot be compared
 */
export function versionComparison(
  { runner }: RunnerEntry,
  runners: readonly RunnerEntry[],
): string | undefined {
  if (runner === undefined || !isVersion(runner.version)) {
    return undefined;
  }
  const { provider, releaseChannel, version } = runner;
  const versions = runners
    .map((entry) => entry.runner)
    .filter(
      (other) =>
        other?.provider === provider &&
        other.releaseChannel === releaseChannel &&
        isVersion(other.version) &&
        other.phase !== 'RUNNER_PHASE_DELETING' &&
        other.phase !== 'RUNNER_PHASE_DELETED',
    )
    .map((other) => other?.version ?? '');
  const infrastructure = runnerProviderText(runner);
  const count = versions.length;
  const isListed = versions.includes(version);
  if (!isListed || count < 2 || infrastructure === '') {
    return undefined;
  }
  const channel = enumText(releaseChannel, 'RUNNER_RELEASE_CHANNEL_');
  const kind =
    channel === ''
      ? l10n.t('{0} runners', infrastructure)
      : l10n.t('{0} runners ({1})', infrastructure, channel);
  const newest = versions.reduce((a, b) => (compareVersions(a, b) < 0 ? b : a));
  const withNewest = versions.filter((other) => compareVersions(other, newest) === 0).length;
  if (withNewest === count) {
    return l10n.t('the same on all {0} {1}', count, kind);
  }
  return compareVersions(version, newest) === 0
    ? l10n.t('newest of {0} {1}', count, kind)
    : plural(
        withNewest,
        l10n.t('{0} of {1} {2} runs {3}', withNewest, count, kind, newest),
        l10n.t('{0} of {1} {2} run {3}', withNewest, count, kind, newest),
      );
}

/** Whether it consists of numbers, such as `20260801.120`. */
function isVersion(text: string): boolean {
  return /^\d{1,15}(?:\.\d{1,15})*$/.test(text);
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number));
  const length = Math.max(left?.length ?? 0, right?.length ?? 0);
  for (let i = 0; i < length; i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
