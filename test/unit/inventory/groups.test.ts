import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { groupSteps, type RunnerEntry } from '../../../src/inventory/groups.ts';
import { atOnce } from '../base/atOnce.ts';
import { groupByRunner } from './groupByRunner.ts';
import { apiError } from './load/memoryClient.ts';
import { integrationOf, runnerOf } from './fixtures.ts';

const LOCAL = runnerOf({ id: 'local', name: 'Aaa local', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' });

/** Runners and the hosts of their integrations. */
function outline(entries: readonly RunnerEntry[]) {
  return entries.map(({ ref, integrations }) => [
    ref.runnerId,
    ...integrations.map((integration) => integration.ref.host),
  ]);
}

describe('runners with their integrations', () => {
  it('are none without rows', () => {
    assert.deepEqual(groupByRunner({ runners: [], integrations: [] }), []);
  });

  it('are sorted by name, integrations by host, as a person would', () => {
    const data = {
      runners: ['runner-10', 'Runner-9', 'eu', 'runner-2'].map((name) => runnerOf({ id: name, name })),
      integrations: ['gitlab.com', 'host-10', 'GitHub.com', 'host-2'].map((host) =>
        integrationOf({ id: host, host, runnerId: 'eu' }),
      ),
    };
    assert.deepEqual(outline(groupByRunner(data)), [
      ['eu', 'GitHub.com', 'gitlab.com', 'host-2', 'host-10'],
      ['runner-2'],
      ['Runner-9'],
      ['runner-10'],
    ]);
  });

  it('end with the local runners, then runners that are not listed', () => {
    const data = {
      runners: [LOCAL, runnerOf({ id: 'z', name: 'zzz' })],
      integrations: [
        integrationOf({ id: '1', runnerId: 'gone-2' }),
        integrationOf({ id: '2', runnerId: 'local' }),
        integrationOf({ id: '3', runnerId: 'gone-1' }),
        integrationOf({ id: '4', runnerId: 'gone-2', host: 'gitlab.com' }),
      ],
    };
    const entries = groupByRunner(data);
    assert.deepEqual(outline(entries), [
      ['z'],
      ['local', 'github.com'],
      ['gone-1', 'github.com'],
      ['gone-2', 'github.com', 'gitlab.com'],
    ]);
    assert.deepEqual(
      entries.map(({ role }) => role),
      ['ordinary', 'local', 'unknown', 'unknown'],
    );
    assert.deepEqual(
      entries.map(({ runner }) => runner?.id),
      ['z', 'local', undefined, undefined],
    );
  });

  it('have their own integrations', () => {
    const runner = runnerOf({ id: 'a' });
    const integration = integrationOf({ id: '1', runnerId: 'a' });
    const [entry] = groupByRunner({ runners: [runner], integrations: [integration] });
    assert.ok(entry);
    assert.equal(entry.runner, runner);
    assert.deepEqual(
      entry.integrations.map((child) => child.integration),
      [integration],
    );
  });

  const managed: [string, ReturnType<typeof runnerOf>, boolean][] = [
    ["Ona's provider", runnerOf({ id: 'a', provider: 'RUNNER_PROVIDER_MANAGED' }), true],
    ['a runner manager', runnerOf({ id: 'a', runnerManagerId: 'manager' }), true],
    ['neither', runnerOf({ id: 'a' }), false],
    ['an unknown provider', runnerOf({ id: 'a', provider: '42' }), false],
    ['the shared local configuration', { ...LOCAL, id: 'a' }, false],
  ];
  for (const [name, runner, isManaged] of managed) {
    it(`marks integrations of a runner with ${name} as ${isManaged ? '' : 'not '}managed`, () => {
      const [entry] = groupByRunner({ runners: [runner], integrations: [integrationOf({ runnerId: 'a' })] });
      assert.ok(entry);
      assert.equal(entry.role === 'managed', isManaged);
      assert.equal(entry.integrations[0]?.managed, isManaged);
    });
  }

  it('marks integrations of a runner that is not listed as not managed', () => {
    const [entry] = groupByRunner({ runners: [], integrations: [integrationOf({ runnerId: 'gone' })] });
    assert.equal(entry?.integrations[0]?.managed, false);
  });
});

/** The entries, and the number of pauses. */
function run(data: InventoryData) {
  const steps = groupSteps(data);
  for (let pauses = 0; ; pauses++) {
    const { done, value } = steps.next();
    if (done === true) {
      return { entries: value, pauses };
    }
  }
}

/** Few, and some of them equal, so that all possible collisions occur. */
const id = fc.constantFrom('a', 'b', 'c', 'd', 'gone', '');
const data: fc.Arbitrary<InventoryData> = fc
  .record({
    runners: fc.array(
      fc.record({
        id,
        name: fc.constantFrom('x', 'X', 'x 2', 'x 10', ''),
        kind: fc.constantFrom('RUNNER_KIND_REMOTE', 'RUNNER_KIND_LOCAL_CONFIGURATION'),
      }),
    ),
    integrations: fc.array(fc.record({ id, runnerId: id, host: fc.constantFrom('a.example', 'b.example') })),
    failed: fc.subarray(['a', 'b', 'gone']),
    loaded: fc.option(fc.subarray(['a', 'b', 'c'])),
  })
  .map(({ runners, integrations, failed, loaded }) => ({
    runners: runners.map(runnerOf),
    integrations: integrations.map(integrationOf),
    ...(failed.length > 0 && { runnerErrors: new Map(failed.map((runnerId) => [runnerId, apiError()])) }),
    ...(loaded !== null && { completeRunnerIds: new Set(loaded) }),
  }));

describe('grouping in steps', () => {
  /** The invariants, computed differently from the code under test. */
  function assertGrouped(entries: readonly RunnerEntry[], { runners, integrations }: InventoryData): void {
    const listed = entries.flatMap(({ runner }) => (runner === undefined ? [] : [runner]));
    assert.deepEqual(new Set(listed), new Set(runners));
    assert.equal(listed.length, runners.length);
    const grouped = entries.flatMap((entry) => entry.integrations.map(({ integration }) => integration));
    assert.deepEqual(new Set(grouped), new Set(integrations));
    assert.equal(grouped.length, integrations.length);

    const ranks = entries.map(({ role }) => (role === 'unknown' ? 2 : Number(role === 'local')));
    const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
    entries.forEach((entry, i) => {
      assert.ok(entry.integrations.every(({ integration }) => integration.runnerId === entry.ref.runnerId));
      const [rank = 0, last = 0] = [ranks[i], ranks[i - 1]];
      const text = (one?: RunnerEntry) => one?.runner?.name ?? one?.ref.runnerId ?? '';
      assert.ok(i === 0 || rank > last || (rank === last && compare(text(entries[i - 1]), text(entry)) <= 0));
      entry.integrations.forEach(({ integration }, j) => {
        const before = entry.integrations[j - 1];
        assert.ok(before === undefined || compare(before.integration.host, integration.host) <= 0);
      });
    });
  }

  it('gives all rows in their order, the same as grouping at once', () => {
    fc.assert(
      fc.property(data, (some) => {
        const { entries } = run(some);
        assertGrouped(entries, some);
        assert.deepEqual(entries, groupByRunner(some));
      }),
    );
  });

  it('gives many rows, and pauses on the way', () => {
    const many: InventoryData = {
      runners: Array.from({ length: 2600 }, (_, i) =>
        runnerOf({ id: `r${i}`, name: `runner-${(i * 7919) % 2600}` }),
      ),
      integrations: Array.from({ length: 6000 }, (_, i) =>
        integrationOf({ id: `i${i}`, runnerId: `r${i % 3000}`, host: `${i}.example` }),
      ),
    };
    const { entries, pauses } = run(many);
    assertGrouped(entries, many);
    assert.equal(entries.length, 3000);
    // A pause for every 250 runners, and more for the steps before.
    assert.ok(pauses >= 12, `${pauses} pauses`);
  });

  it('shows the failure of just the runners that have one', () => {
    const error = apiError();
    const { entries } = run({
      runners: [runnerOf({ id: 'a' }), runnerOf({ id: 'b' })],
      integrations: [integrationOf({ id: '1', runnerId: 'a' })],
      runnerErrors: new Map([['a', error]]),
    });
    const [a, b] = entries;
    assert.equal(a?.error, error);
    assert.equal(a.integrations.length, 1, 'beside the last good ones');
    assert.equal(b?.error, undefined);
  });

  it('gives the same objects again for what is the same, and others for what differs', () => {
    const runners = ['a', 'b', 'c', 'd'].map((name) => runnerOf({ id: name, name }));
    const integrations = ['a', 'b', 'c'].map((runnerId) => integrationOf({ id: runnerId, runnerId }));
    const before = groupByRunner({ runners, integrations });
    const [a, b, c, d] = runners;
    assert.ok(a && b && c && d);
    const changed: InventoryData = {
      runners: [d, c, { ...b, phase: 'RUNNER_PHASE_INACTIVE' }, a],
      integrations: [...integrations.slice(0, 2), integrationOf({ id: 'other', runnerId: 'c' })],
    };
    const after = atOnce(groupSteps(changed, before));
    assert.deepEqual(after, groupByRunner(changed));
    assert.deepEqual(
      after.map((entry, i) => entry === before[i]),
      [true, false, false, true],
    );
    const failed = {
      ...changed,
      runnerErrors: new Map([['a', apiError()]]),
      completeRunnerIds: new Set(['a']),
    };
    assert.deepEqual(atOnce(groupSteps(failed, after)), groupByRunner(failed));
  });

  it('says of which runners more may come', () => {
    const runners = [runnerOf({ id: 'a' }), runnerOf({ id: 'b' })];
    const complete = (some: InventoryData) => run(some).entries.map(({ isComplete }) => isComplete);
    assert.deepEqual(complete({ runners, integrations: [], completeRunnerIds: new Set(['b']) }), [
      false,
      true,
    ]);
    assert.deepEqual(complete({ runners, integrations: [] }), [true, true]);
  });
});
