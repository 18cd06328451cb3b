import type { SchemaProvider } from '../api/runnerSchema.ts';
import { mapSteps } from '../base/mapSteps.ts';
import { type IntegrationEntry, type IntegrationFacts, NO_PROBLEMS, type RunnerEntry } from './groups.ts';
import { providerOf } from './providers.ts';
import { statusOf } from './status.ts';
import { type ItemStatus, worse } from './statuses.ts';
import type { OrganizationFacts } from './statusFacts.ts';

/** Number of items processed between two pauses. */
const STEP = 500;

/** Entries without statuses, and the same ones with them. */
export interface WithStatuses {
  readonly of: readonly RunnerEntry[];
  readonly runners: readonly RunnerEntry[];
}

/**
 * Derives the status of every runner and integration, in steps, because there can be thousands.
 *
 * @param before the previous result: what has not changed since is kept
 */
export function* statusSteps(
  of: readonly RunnerEntry[],
  facts: OrganizationFacts,
  now: Date,
  before: WithStatuses,
): Generator<void, readonly RunnerEntry[], undefined> {
  const known = new Map(before.of.map((entry, i) => [entry, before.runners[i] ?? entry]));
  const runners: RunnerEntry[] = [];
  let processed = 0;
  for (const entry of of) {
    runners.push(yield* runnerSteps(entry, facts, now, known.get(entry) ?? entry));
    processed += 1 + entry.integrations.length;
    if (processed >= STEP) {
      processed = 0;
      yield;
    }
  }
  return runners;
}

/** @param last the runner with its previous statuses */
function* runnerSteps(
  entry: RunnerEntry,
  facts: OrganizationFacts,
  now: Date,
  last: RunnerEntry,
): Generator<void, RunnerEntry, undefined> {
  const providers = facts.schemaOf(entry.ref.runnerId)?.providers ?? [];
  const schemas = new Map(providers.map((provider) => [provider.scmId, provider]));
  // What a status follows from comes first.
  const described = {
    ...entry,
    integrations: yield* mapSteps(entry.integrations, STEP, (own, i) =>
      withFacts(own, last.integrations[i] ?? own, {
        provider: providerWith(own, schemas.get(own.integration.scmId)),
        isInherited: own.isInherited || (own.managed && facts.isKnownInherited(own)),
        signIns: facts.signIns?.of(own, entry),
      }),
    ),
  };
  const ownFacts = { ...facts, runner: described };
  const status = keptStatus(last.status, statusOf(described, ownFacts, now));
  const runner = { ...described, status };
  const runnerFacts = { ...ownFacts, runner };
  let { worst, problems } = { worst: status.own, problems: NO_PROBLEMS };
  const integrations = yield* mapSteps(described.integrations, STEP, (own) => {
    const derived = statusOf(own, runnerFacts, now);
    const { own: ownStatus } = derived;
    worst = worse(worst, ownStatus);
    if (ownStatus === 'broken' || ownStatus === 'attention') {
      problems = { ...problems, [ownStatus]: problems[ownStatus] + 1 };
    }
    const { provider, isInherited, signIns } = own;
    return withFacts(own, own, { provider, isInherited, signIns, status: keptStatus(own.status, derived) });
  });
  const isSame = last.status === status && integrations.every((own, i) => own === last.integrations[i]);
  return isSame ? last : { ...runner, integrations, worst, problems };
}

/** The last entry if it says the same, otherwise another one. */
function withFacts(
  entry: IntegrationEntry,
  last: IntegrationEntry,
  facts: Omit<IntegrationFacts, 'status'> & Partial<Pick<IntegrationFacts, 'status'>>,
): IntegrationEntry {
  const status = facts.status ?? last.status;
  const isSame =
    last.provider === facts.provider &&
    last.isInherited === facts.isInherited &&
    isSameList(last.signIns, facts.signIns) &&
    last.status === status;
  return isSame ? last : entry.with({ ...facts, status });
}

function isSameList(a: readonly unknown[] | undefined, b: readonly unknown[] | undefined): boolean {
  return a === b || (a?.length === b?.length && a?.every((item, i) => item === b?.[i]) === true);
}

function providerWith({ provider, integration }: IntegrationEntry, schema: SchemaProvider | undefined) {
  return schema === undefined ? provider : providerOf(integration.scmId, schema);
}

/** The last status if it says the same. */
function keptStatus(last: ItemStatus, status: ItemStatus): ItemStatus {
  return last === status || JSON.stringify(last) === JSON.stringify(status) ? last : status;
}
