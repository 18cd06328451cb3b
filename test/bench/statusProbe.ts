import { groupSteps, type IntegrationEntry, type RunnerEntry } from '../../src/inventory/groups.ts';
import type { InventoryData, SignIns } from '../../src/inventory/model.ts';
import { nextStatusChange } from '../../src/inventory/nextStatusChange.ts';
import { SignInIndex } from '../../src/inventory/signInIndex.ts';
import type { Answers } from '../../src/inventory/statusFacts.ts';
import { statusSteps, type WithStatuses } from '../../src/inventory/statusSteps.ts';
import { answerBench } from './answerBench.ts';
import { decodeIntegrations, decodeRunners, pageTexts } from './decodedRows.ts';
import type { OrganizationSize } from './loadPlan.ts';
import { tokensOf } from './someTokens.ts';

export interface StatusInput {
  /** As many sign-ins are on record as there are runners. */
  readonly size: OrganizationSize;
  readonly repetitions: number;
  readonly warmUps: number;
}

/** In milliseconds of the extension host. */
export interface Timed {
  readonly all: number;
  /** The longest time without a pause. */
  readonly longestSlice: number;
}

export interface StatusOutput {
  /** The statuses of rows that have none yet. */
  readonly first: readonly Timed[];
  /** Again, without any change. */
  readonly same: readonly Timed[];
  /** After one more answer of a runner. */
  readonly oneChanged: readonly Timed[];
  /** For comparison: what goes before, with the same rows. */
  readonly grouped: readonly Timed[];
  /** For comparison: the texts of the pages that the rows come from. */
  readonly parsed: readonly Timed[];
  /** How many runners and integrations have reasons. */
  readonly withReasons: number;
}

const NOW = new Date('2026-11-27T14:02:00Z');
/** As in `base/slices.ts`. */
const SLICE_MS = 5;

export function run(): Promise<void> {
  return answerBench((message): Promise<StatusOutput> => {
    const { size, repetitions, warmUps } = message as StatusInput;
    const texts = pageTexts(size);
    const data = withProblems({
      runners: texts.runners.flatMap((text) => decodeRunners(text).items),
      integrations: texts.integrations.flatMap((text) => decodeIntegrations(text).items),
    });
    const signIns = { ...tokensOf(data.integrations, size.runners, NOW), asOf: NOW };
    const times = { first: [], same: [], oneChanged: [], grouped: [], parsed: [] } as Record<string, Timed[]>;
    let withReasons = 0;
    for (let round = 0; round < warmUps + repetitions; round++) {
      const measured: Record<string, Timed> = {};
      const measure = <T>(what: string, steps: Generator<void, T, undefined>): T => {
        const { result, timed } = runTimed(steps);
        measured[what] = timed;
        return result;
      };
      measure('parsed', parseSteps([...texts.runners, ...texts.integrations]));
      const of = measure('grouped', groupSteps(data));
      const first = measure('first', deriveSteps(of, signIns, answers(), { of: [], runners: [] }));
      const same = measure('same', deriveSteps(of, signIns, answers(), { of, runners: first }));
      measure('oneChanged', deriveSteps(of, signIns, answers(1), { of, runners: same }));
      withReasons = countReasons(first);
      if (round >= warmUps) {
        Object.entries(measured).forEach(([what, timed]) => times[what]?.push(timed));
      }
    }
    return Promise.resolve({ ...times, withReasons } as unknown as StatusOutput);
  });
}

/** A twentieth of the runners is offline, a fiftieth of the integrations has no sign-in method. */
function withProblems({ runners, integrations }: InventoryData): InventoryData {
  return {
    runners: runners.map((runner, i) =>
      i % 20 === 0 ? { ...runner, phase: 'RUNNER_PHASE_INACTIVE', message: 'Host unreachable.' } : runner,
    ),
    integrations: integrations.map((integration, i) =>
      i % 50 === 0 ? { ...integration, pat: false } : integration,
    ),
  };
}

/**
 * A tenth of the integrations was asked about.
 *
 * @param more the number of integrations that are signed in beside them
 */
function answers(more = 0): (entry: IntegrationEntry) => Answers {
  let asked = 0;
  let left = more;
  return () => {
    const i = asked++;
    if (i % 10 === 0) {
      const at = new Date(NOW.getTime() - i * 1000);
      return {
        access: { signedIn: i % 40 !== 0, at, wasSignedIn: true },
        ...(i % 100 === 0 && {
          validation: { valid: false, errors: [{ field: 'host', text: 'Unknown host' }], at },
        }),
      };
    }
    return left-- > 0 ? { access: { signedIn: true, at: NOW, wasSignedIn: false } } : {};
  };
}

/** As `GroupedInventory` does it. */
function* deriveSteps(
  of: readonly RunnerEntry[],
  signIns: SignIns,
  answersOf: (entry: IntegrationEntry) => Answers,
  before: WithStatuses,
): Generator<void, readonly RunnerEntry[], undefined> {
  const facts = {
    asOf: NOW,
    hasIntegrations: true,
    signIns: new SignInIndex(signIns),
    schemaOf: () => undefined,
    isKnownInherited: () => false,
    answersOf,
  };
  const runners = yield* statusSteps(of, facts, NOW, before);
  nextStatusChange(signIns, [], NOW);
  return runners;
}

function* parseSteps(texts: readonly string[]): Generator<void, number, undefined> {
  let characters = 0;
  for (const text of texts) {
    characters += Object.keys(JSON.parse(text) as object).length;
    yield;
  }
  return characters;
}

/** Runs steps in slices like those of the extension, without pauses between them. */
function runTimed<T>(steps: Generator<void, T, undefined>): { result: T; timed: Timed } {
  const startedAt = performance.now();
  let longestSlice = 0;
  for (let sliceAt = startedAt; ;) {
    const step = steps.next();
    const now = performance.now();
    if (step.done === true || now >= sliceAt + SLICE_MS) {
      longestSlice = Math.max(longestSlice, now - sliceAt);
      sliceAt = now;
    }
    if (step.done === true) {
      return { result: step.value, timed: { all: now - startedAt, longestSlice } };
    }
  }
}

function countReasons(runners: readonly RunnerEntry[]): number {
  return runners
    .flatMap((runner) => [runner, ...runner.integrations])
    .filter(({ status }) => status.reasons.length > 0).length;
}
