import type { RunnerSchema, SchemaProvider } from '../api/runnerSchema.ts';
import { isSameList } from '../base/isSameList.ts';
import { mapSteps } from '../base/mapSteps.ts';
import { type IntegrationEntry, NO_PROBLEMS, type RunnerEntry } from './groups.ts';
import { providerOf } from './providers.ts';
import { statusOf } from './status.ts';
import { isProblem, type ItemStatus, worse } from './statuses.ts';
import type { Answers, OrganizationFacts, StatusFacts } from './statusFacts.ts';

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
  const schemas = providersOf(facts.schemaOf(entry.ref.runnerId));
  // What a status follows from comes first. There is one copy of the runner, because there can be thousands.
  const runner = {
    ...entry,
    integrations: yield* mapSteps(entry.integrations, STEP, (own, i) => {
      const provider = providerWith(own, schemas?.get(own.integration.scmId));
      const isInherited = own.isInherited || (own.managed && facts.isKnownInherited(own));
      const signIns = facts.signIns?.of(own, entry);
      const answers = answersIn(facts.answersOf(own));
      const before = last.integrations[i] ?? own;
      return before.provider === provider &&
        before.isInherited === isInherited &&
        isSameList(before.signIns, signIns) &&
        isSame(before.answers, answers)
        ? before
        : own.with({ provider, isInherited, signIns, answers, status: before.status });
    }),
  };
  const ownFacts: StatusFacts = { ...facts, runner, answersOf: ({ answers }) => answers ?? {} };
  runner.status = keptStatus(last.status, statusOf(runner, ownFacts, now));
  runner.worst = runner.status.own;
  const problems = { broken: 0, attention: 0 };
  runner.integrations = yield* mapSteps(runner.integrations, STEP, (own) => {
    const status = keptStatus(own.status, statusOf(own, ownFacts, now));
    runner.worst = worse(runner.worst, status.own);
    if (isProblem(status.own)) {
      problems[status.own]++;
    }
    const { provider, isInherited, signIns, answers } = own;
    return own.status === status ? own : own.with({ provider, isInherited, signIns, answers, status });
  });
  if (last.status === runner.status && isSameList(last.integrations, runner.integrations)) {
    return last;
  }
  runner.problems = problems.broken + problems.attention === 0 ? NO_PROBLEMS : problems;
  return runner;
}

function providersOf(schema: RunnerSchema | undefined): ReadonlyMap<string, SchemaProvider> | undefined {
  return schema && new Map(schema.providers.map((provider) => [provider.scmId, provider]));
}

function providerWith({ provider, integration }: IntegrationEntry, schema: SchemaProvider | undefined) {
  return schema === undefined ? provider : providerOf(integration.scmId, schema);
}

function answersIn(answers: Answers): Answers | undefined {
  return answers.access === undefined && answers.validation === undefined ? undefined : answers;
}

/** The last status if it says the same. */
function keptStatus(last: ItemStatus, status: ItemStatus): ItemStatus {
  return isSame(last, status) ? last : status;
}

/** Compares plain values, and whatever they contain. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return a === b;
  }
  if (a instanceof Date || b instanceof Date) {
    return Number(a) === Number(b);
  }
  const fields = Object.entries(a);
  return (
    fields.length === Object.keys(b).length &&
    fields.every(([name, value]) => isSame(value, (b as Record<string, unknown>)[name]))
  );
}
