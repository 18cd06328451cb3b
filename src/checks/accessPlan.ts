import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import { interleaved } from './runChecks.ts';
import { canAsk } from '../inventory/canAsk.ts';
import { askedHost, type CheckTarget } from './askedAbout.ts';

/** One call to a runner: about all integrations that have the host. */
export interface AccessCall {
  readonly runner: RunnerEntry;
  /** Without a path. */
  readonly host: string;
  readonly entries: readonly IntegrationEntry[];
}

export interface AccessPlan {
  readonly calls: readonly AccessCall[];
  /** What cannot be asked: their runner is not live, or there is no runner to ask. */
  readonly notLive: readonly CheckTarget[];
  /** What has a host that nobody could ask about. */
  readonly badHost: readonly CheckTarget[];
  /** What is being asked about already. */
  readonly running: readonly CheckTarget[];
}

/** Which calls it takes to check these: one for each runner and host. */
export function accessPlan(
  targets: readonly CheckTarget[],
  isRunning: (entry: IntegrationEntry) => boolean = () => false,
): AccessPlan {
  const calls = new Map<string, AccessCall & { readonly entries: IntegrationEntry[] }>();
  const notLive: CheckTarget[] = [];
  const badHost: CheckTarget[] = [];
  const running: CheckTarget[] = [];
  for (const target of targets) {
    const { entry, runner } = target;
    const host = askedHost(entry);
    if (!canAsk(runner)) {
      notLive.push(target);
    } else if (host === undefined) {
      badHost.push(target);
    } else if (isRunning(entry)) {
      running.push(target);
    } else {
      const key = `${runner.ref.runnerId} ${host}`;
      const call = calls.get(key) ?? { runner, host, entries: [] };
      call.entries.push(entry);
      calls.set(key, call);
    }
  }
  return { calls: interleaved([...calls.values()]), notLive, badHost, running };
}

/**
 * The call about one integration, which is also about all others of its runner that have the same host.
 *
 * @returns undefined if nobody can be asked
 */
export function accessCallOf({ entry, runner }: CheckTarget): AccessCall | undefined {
  const host = askedHost(entry);
  const alike = runner.integrations.filter((other) => askedHost(other) === host);
  return accessPlan(alike.map((other) => ({ entry: other, runner }))).calls[0];
}
