import type { Change, ChangedRunner } from '../../../src/inventory/changes.ts';
import { refKey } from '../../../src/inventory/itemRef.ts';

/** The time of a change if nothing else is said. It was seen a minute after the load before. */
export const SEEN = new Date(2026, 10, 28, 14, 2);

export function minutes(count: number, from = SEEN): Date {
  return new Date(from.getTime() + count * 60_000);
}

interface Times {
  readonly at?: Date;
  readonly since?: Date;
}

function timesOf({ at = SEEN, since = minutes(-1, at) }: Times) {
  return { at, since };
}

export function changedRunner(id: string, fields: Partial<ChangedRunner> = {}): ChangedRunner {
  return { id, name: id, role: 'ordinary', kind: 'RUNNER_KIND_REMOTE', ...fields };
}

interface OfRunner extends Times, Partial<ChangedRunner> {}

function ofRunner(id: string, { at, since, ...fields }: OfRunner = {}) {
  const times = timesOf({ ...(at && { at }), ...(since && { since }) });
  return { key: refKey({ kind: 'runner', runnerId: id }), runner: changedRunner(id, fields), ...times };
}

/** Phases without their prefix. */
export function phaseChange(id: string, old: string, now: string, fields?: OfRunner): Change {
  return {
    kind: 'phaseChanged',
    ...ofRunner(id, fields),
    old: `RUNNER_PHASE_${old}`,
    new: `RUNNER_PHASE_${now}`,
  };
}

export function versionChange(id: string, old: string, now: string, fields?: OfRunner): Change {
  return { kind: 'versionChanged', ...ofRunner(id, fields), old, new: now };
}

export function runnerPresence(
  kind: 'runnerAdded' | 'runnerRemoved',
  id: string,
  fields: OfRunner & {
    readonly phase?: string;
    readonly integrations?: number;
    readonly byVisibility?: true;
  } = {},
): Change {
  const { phase = 'RUNNER_PHASE_ACTIVE', integrations = 0, byVisibility, ...rest } = fields;
  return { kind, ...ofRunner(id, rest), phase, integrations, ...(byVisibility && { byVisibility }) };
}

interface OfIntegration extends Times {
  readonly runner?: ChangedRunner;
  readonly id?: string;
  readonly scmId?: string;
  readonly host?: string;
}

function ofIntegration({
  runner = changedRunner('us-staging'),
  id = 'i',
  scmId = 'gitlab',
  ...rest
}: OfIntegration) {
  const { host = 'gitlab.acme.example', ...times } = rest;
  return {
    key: refKey({ kind: 'integration', runnerId: runner.id, id, scmId, host }),
    runner,
    integration: { id, scmId, host },
    ...timesOf(times),
  };
}

export function integrationPresence(
  kind: 'integrationAdded' | 'integrationRemoved',
  fields: OfIntegration & {
    readonly methods?: readonly ('oauth' | 'pat')[];
    readonly byVisibility?: true;
  } = {},
): Change {
  const { methods = ['oauth', 'pat'], byVisibility, ...rest } = fields;
  return { kind, ...ofIntegration(rest), methods, ...(byVisibility && { byVisibility }) };
}

export function methodChange(method: 'oauth' | 'pat', isOn: boolean, fields: OfIntegration = {}): Change {
  return { kind: 'methodChanged', ...ofIntegration(fields), method, isOn };
}

export function fieldChange(
  field: 'host' | 'clientId' | 'issuerUrl' | 'virtualDirectory',
  old: string,
  now: string,
  fields: OfIntegration = {},
): Change {
  return { kind: 'fieldChanged', ...ofIntegration(fields), field, old, new: now };
}
