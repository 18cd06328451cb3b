import type { HostAuthenticationToken } from '../api/hostAuthenticationTokens.ts';
import type { OnaApiError } from '../api/transport/errors.ts';
import type { Runner } from '../api/runners.ts';
import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { compareText } from '../base/compareText.ts';
import { mapSteps } from '../base/mapSteps.ts';
import { sortSteps } from '../base/sortSteps.ts';
import { byRunner } from './byRunner.ts';
import { countByRunner } from './countByRunner.ts';
import { addressKey, duplicateHosts } from './duplicateHosts.ts';
import { hostKeys } from './hostKeys.ts';
import {
  integrationRef,
  type IntegrationRef,
  type ItemRef,
  runnerRef,
  type RunnerRef,
  sameRef,
} from './itemRef.ts';
import type { InventoryData } from './model.ts';
import { isUuid } from '../api/transport/limits.ts';
import { type Provider, providerOf } from './providers.ts';
import { type ItemStatus, type Status, UNCHECKED } from './statuses.ts';
import type { Answers } from './statusFacts.ts';

/** A runner with its integrations. */
export interface RunnerEntry {
  readonly kind: 'runner';
  readonly ref: RunnerRef;
  /** Undefined if integrations name a runner that is not in the list. */
  readonly runner: Runner | undefined;
  readonly role: RunnerRole;
  /** The API's name. Undefined if it is meaningless: `local` runs nothing, and the phase of `unknown` is not known. */
  readonly phase: string | undefined;
  /** Sorted by host. */
  readonly integrations: readonly IntegrationEntry[];
  /** Whether it is somebody's computer, in an organization with a configuration that all such runners share. */
  readonly usesShared: boolean;
  /** False if there may be more integrations, besides those left out: they have never been read to the end. */
  readonly isComplete: boolean;
  /** Number of integrations that are not in `integrations`, because what the API sent could not be read. */
  readonly leftOut: number;
  /** Why the integrations could not be loaded; `integrations` then has the last good ones. */
  readonly error: OnaApiError | undefined;
  readonly status: ItemStatus;
  /** The worst status of the runner itself and of its integrations. */
  readonly worst: Status;
  /** How many of its integrations have reasons of their own. */
  readonly problems: ProblemCount;
}

export interface ProblemCount {
  readonly broken: number;
  readonly attention: number;
}

export const NO_PROBLEMS: ProblemCount = Object.freeze({ broken: 0, attention: 0 });

/** What an integration's entry says besides its row in the list. */
export type IntegrationFacts = Pick<
  IntegrationEntry,
  'provider' | 'isInherited' | 'signIns' | 'answers' | 'status'
>;

export class IntegrationEntry {
  readonly kind = 'integration';
  readonly integration: ScmIntegration;
  /** As the runner describes it, if the runner has been asked what it offers. */
  readonly provider: Provider;
  /** Equal for integrations with the same host, however it is written. */
  readonly hostKey: string;
  /** On a runner that Ona operates. */
  readonly managed: boolean;
  /** Inherited from the manager of such a runner: can be used but not changed. */
  readonly isInherited: boolean;
  /** Whether its runner has another integration for the same host and virtual directory, possibly an identical one. */
  readonly hasDuplicate: boolean;
  /** The sign-ins to its host that are on record for the owner of the key; undefined if that is not known. */
  readonly signIns: readonly HostAuthenticationToken[] | undefined;
  /** What its runner answered when it was last asked, however long ago; undefined if it was not. */
  readonly answers: Answers | undefined;
  readonly status: ItemStatus;

  constructor(
    integration: ScmIntegration,
    base: Pick<IntegrationEntry, 'hostKey' | 'managed' | 'hasDuplicate'>,
    facts?: IntegrationFacts,
  ) {
    this.integration = integration;
    this.hostKey = base.hostKey;
    this.managed = base.managed;
    this.hasDuplicate = base.hasDuplicate;
    this.provider = facts?.provider ?? providerOf(integration.scmId);
    // What has a resource of its own has a UUID.
    this.isInherited = facts?.isInherited ?? (base.managed && !isUuid(integration.id));
    this.signIns = facts?.signIns;
    this.answers = facts?.answers;
    this.status = facts?.status ?? UNCHECKED;
  }

  with(facts: IntegrationFacts): IntegrationEntry {
    return new IntegrationEntry(this.integration, this, facts);
  }

  /** Created on demand: of 100,000 integrations, most never need one. */
  get ref(): IntegrationRef {
    return integrationRef(this.integration);
  }
}

export type ItemEntry = RunnerEntry | IntegrationEntry;

/**
 * `local` is the organization's shared configuration for local runners, which runs nothing itself. `managed` is
 * operated by Ona. `unknown` is not in the list of runners: the key has no access to it, or it has been deleted.
 */
export type RunnerRole = 'ordinary' | 'managed' | 'local' | 'unknown';

export function findRunner(runners: readonly RunnerEntry[], runnerId: string): RunnerEntry | undefined {
  return runners.find(({ ref }) => ref.runnerId === runnerId);
}

/** The runner or integration as it is now; undefined if it is gone. */
export function findItem(runners: readonly RunnerEntry[], ref: ItemRef): ItemEntry | undefined {
  const runner = findRunner(runners, ref.runnerId);
  return ref.kind === 'runner' ? runner : runner?.integrations.find((entry) => sameRef(entry.ref, ref));
}

/** Number of runners and integrations turned into entries between two pauses. */
const STEP = 1000;

/**
 * Joins runners and integrations, in steps, because there can be thousands. Their statuses are not derived yet
 * (`statusSteps.ts`).
 *
 * @param before the previous entries; unchanged ones are kept
 * @returns runners by name with their integrations by host, then the shared configuration of local runners, then
 *   runners that are not in the list
 */
export function* groupSteps(
  data: InventoryData,
  before: readonly RunnerEntry[] = [],
): Generator<void, readonly RunnerEntry[], undefined> {
  const groups = yield* byRunner(data.integrations);
  const leftOut = countByRunner(data.leftOut?.integrations ?? []);
  const known = new Map(before.map((entry) => [entry.ref.runnerId, entry]));
  const hasShared = data.runners.some((runner) => roleOf(runner) === 'local');
  const keyOf = hostKeys();
  const entries: RunnerEntry[] = [];
  let made = 0;
  const add = function* (runnerId: string, runner: Runner | undefined): Generator<void, void, undefined> {
    const unsorted = groups.get(runnerId) ?? [];
    const own =
      unsorted.length > STEP
        ? yield* sortSteps(unsorted, compareIntegrations)
        : unsorted.sort(compareIntegrations);
    // If two runners have the same id, the first one gets the integrations.
    groups.delete(runnerId);
    // One left out whose runner could not be read may belong to any runner, even to one that seems to have none.
    const mayHaveOne = own.length === 0 && leftOut.has(undefined);
    const isComplete = !mayHaveOne && (data.completeRunnerIds?.has(runnerId) ?? true);
    const ownLeftOut = leftOut.get(runnerId) ?? 0;
    const error = data.runnerErrors?.get(runnerId);
    const usesShared = hasShared && runner?.kind === 'RUNNER_KIND_LOCAL';
    const last = known.get(runnerId);
    entries.push(
      last !== undefined &&
        last.runner === runner &&
        last.isComplete === isComplete &&
        last.error === error &&
        last.leftOut === ownLeftOut &&
        last.usesShared === usesShared &&
        areEntriesOf(last.integrations, own)
        ? last
        : yield* runnerEntrySteps(
            { ref: runnerRef(runnerId), runner, own, usesShared, isComplete, error, leftOut: ownLeftOut },
            keyOf,
          ),
    );
    made += 1 + own.length;
    if (made >= STEP) {
      made = 0;
      yield;
    }
  };
  for (const runner of yield* sortSteps(data.runners, compareRunners)) {
    yield* add(runner.id, runner);
  }
  if (data.isRunnerListPartial !== true) {
    for (const runnerId of yield* sortSteps([...groups.keys()], compareText)) {
      yield* add(runnerId, undefined);
    }
  }
  return entries;
}

/** Whether these are the entries of these integrations, in this order. */
function areEntriesOf(
  entries: readonly IntegrationEntry[],
  integrations: readonly ScmIntegration[],
): boolean {
  return (
    entries.length === integrations.length &&
    entries.every(({ integration }, i) => integration === integrations[i])
  );
}

type RunnerFacts = Pick<RunnerEntry, 'ref' | 'runner' | 'usesShared' | 'isComplete' | 'error' | 'leftOut'>;

interface RunnerParts extends RunnerFacts {
  readonly own: readonly ScmIntegration[];
}

function* runnerEntrySteps(
  { own, ...facts }: RunnerParts,
  keyOf: (host: string) => string,
): Generator<void, RunnerEntry, undefined> {
  const { runner } = facts;
  const role = roleOf(runner);
  const keys = yield* mapSteps(own, STEP, ({ host }) => keyOf(host));
  const addresses = yield* mapSteps(own, STEP, (integration, i) => addressKey(keys[i] ?? '', integration));
  const duplicates = duplicateHosts(addresses);
  const integrations = yield* mapSteps(own, STEP, (integration, i) => {
    const hostKey = keys[i] ?? '';
    const hasDuplicate = duplicates.has(addresses[i] ?? '');
    return new IntegrationEntry(integration, { hostKey, managed: role === 'managed', hasDuplicate });
  });
  return {
    kind: 'runner',
    ...facts,
    role,
    phase: role === 'local' ? undefined : runner?.phase,
    integrations,
    status: UNCHECKED,
    worst: 'unchecked',
    problems: NO_PROBLEMS,
  };
}

export function roleOf(runner: Runner | undefined): RunnerRole {
  if (runner === undefined) {
    return 'unknown';
  }
  if (runner.kind === 'RUNNER_KIND_LOCAL_CONFIGURATION') {
    return 'local';
  }
  return runner.provider === 'RUNNER_PROVIDER_MANAGED' || runner.runnerManagerId !== ''
    ? 'managed'
    : 'ordinary';
}

function compareRunners(a: Runner, b: Runner): number {
  const byRole = Number(roleOf(a) === 'local') - Number(roleOf(b) === 'local');
  return byRole || compareText(a.name, b.name) || compareText(a.id, b.id) || compareWhole(a, b);
}

function compareIntegrations(a: ScmIntegration, b: ScmIntegration): number {
  return (
    compareText(a.host, b.host) ||
    compareText(a.scmId, b.scmId) ||
    compareText(a.id, b.id) ||
    compareWhole(a, b)
  );
}

/** Gives items with the same name and id a stable order by their other fields. */
function compareWhole(a: object, b: object): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}
