import assert from 'node:assert/strict';
import { groupSteps, type ItemEntry, type RunnerEntry } from '../../../src/inventory/groups.ts';
import { statusSteps, type WithStatuses } from '../../../src/inventory/statusSteps.ts';
import { atOnce } from '../base/atOnce.ts';
import { ChangingOrganization } from './changingOrganization.ts';
import { randomOf } from './load/editedServer.ts';

/** Each seed is a history of changes; a failure names it. */
const SEEDS = 300;
const CHANGES = 25;

const NOTHING: WithStatuses = { of: [], runners: [] };

/** What people see of the entries. */
function seen(runners: readonly RunnerEntry[]) {
  const ofAny = ({ kind, ref, status }: ItemEntry) => ({ kind, ref, status });
  return runners.map((runner) => {
    const { role, phase, isComplete, error, leftOut, worst, problems } = runner;
    return {
      ...ofAny(runner),
      ...{ role, phase, isComplete, error, leftOut, worst, problems },
      integrations: runner.integrations.map((entry) => {
        const { provider, isInherited, signIns, hasDuplicate } = entry;
        return { ...ofAny(entry), provider, isInherited, signIns, hasDuplicate };
      }),
    };
  });
}

function derive({ data, facts, now }: ChangingOrganization, before: WithStatuses): WithStatuses {
  const of = atOnce(groupSteps(data, before.of));
  return { of, runners: atOnce(statusSteps(of, facts, now, before)) };
}

function checkHistory(seed: number): number {
  const random = randomOf(seed);
  const organization = new ChangingOrganization(random);
  let before = NOTHING;
  let changed = 0;
  for (let i = 0; i < CHANGES; i++) {
    const name = organization.change();
    const after = derive(organization, before);
    const scratch = seen(derive(organization, NOTHING).runners);
    assert.deepEqual(seen(after.runners), scratch, `change ${i}: ${name}`);
    const again = derive(organization, after);
    assert.ok(
      again.runners.every((runner, r) => runner === after.runners[r]),
      `change ${i}: ${name}: another object, although nothing has changed`,
    );
    const { next } = organization;
    if (next !== undefined && random() < 0.3) {
      const { now } = organization;
      organization.now = new Date(next.getTime() - 1);
      assert.deepEqual(
        seen(derive(organization, NOTHING).runners),
        scratch,
        `${name}: before ${next.toISOString()}`,
      );
      organization.now = now;
    }
    changed += after.runners.filter((runner, r) => runner !== before.runners[r]).length;
    before = after;
  }
  return changed;
}

describe('statuses that follow from the last ones', () => {
  it(`are those derived from scratch after any change, seeds 1 to ${SEEDS}`, () => {
    let changed = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      try {
        changed += checkHistory(seed);
      } catch (error) {
        throw new Error(`Seed ${seed}: ${String(error)}`, { cause: error });
      }
    }
    assert.ok(changed > SEEDS * 10, `only ${changed} rows have changed: the histories test nothing`);
  });
});
