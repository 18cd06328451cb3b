import assert from 'node:assert/strict';
import * as v from 'valibot';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../../../src/inventory/model.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';
import { largeOrganization } from '../../../sandbox/largeOrganization.ts';
import type { RecordedRequest, Sandbox, SandboxOrganization } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, quiet } from '../../api/testClient.ts';

const filtered = v.object({ filter: v.object({ runnerIds: v.array(v.string()) }) });

/** The filters of these requests. */
function filtersOf(requests: readonly RecordedRequest[]): string[][] {
  return requests.flatMap(({ body }) => (v.is(filtered, body) ? [body.filter.runnerIds] : []));
}

/** The integrations' identities, sorted. */
function keysOf(integrations: SandboxOrganization['integrations']): string[] {
  return integrations
    .map(({ id = '', runnerId = '', host = '' }) => JSON.stringify([runnerId, id, host]))
    .sort();
}

const ORPHANED = deterministicUuid('gone');

/** Adds what else an organization may have: each breaks one simple plan. */
function withOddities(organization: SandboxOrganization): SandboxOrganization {
  const template = (runnerId = '') => ({ id: 'static-scm-1', runnerId, host: 'github.com' });
  // Ids that the API's filter would reject.
  const managed = ['managed-runner-1', 'managed-runner-2'];
  const integrations = [
    // Their runner is not listed.
    ...['a', 'b', 'c'].map((host) => ({ id: host, runnerId: ORPHANED, host })),
    ...managed.flatMap((runnerId) => [template(runnerId), { id: runnerId, runnerId, host: 'gitlab.com' }]),
    // Templates inherited by several runners keep their id.
    ...organization.runners.slice(0, 2).map(({ runnerId }) => template(runnerId)),
  ];
  return {
    ...organization,
    runners: [...organization.runners, ...managed.map((runnerId) => ({ runnerId, name: runnerId }))],
    integrations: [...integrations, ...organization.integrations],
  };
}

describe('loading in parallel', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });

  beforeEach(() => sandbox.resetRecords());

  after(() => sandbox.close());

  /** The rows of a load that must succeed. */
  async function load(previous = NO_DATA, plan: 'parallel' | 'plain' = 'parallel'): Promise<InventoryData> {
    const running = new Loader(clientOf(sandbox).client, previous, {
      ...quiet,
      onChange: () => undefined,
    });
    const { error } = await running.everything(plan);
    assert.equal(error, undefined);
    return running.data;
  }

  function assertWhole(data: InventoryData): void {
    const { runners, integrations } = sandbox.organization;
    assert.deepEqual(keysOf([...data.integrations]), keysOf(integrations));
    assert.deepEqual(
      data.runners.map(({ id }) => id),
      runners.map(({ runnerId }) => runnerId),
    );
    assert.deepEqual([data.completeRunnerIds, data.runnerErrors], [undefined, undefined]);
  }

  /** Checks that requests respect the API's limits. */
  function assertPolite(): void {
    const { requests } = sandbox;
    for (const filter of filtersOf(requests)) {
      assert.ok(filter.length <= 25, `${filter.length} ids in a filter`);
      assert.ok(
        filter.every((id) => /^[\da-f-]{36}$/.test(id)),
        `asked for ${filter.join(', ')}`,
      );
      assert.ok(filter.length > 0 && new Set(filter).size === filter.length);
    }
    assert.ok(Math.max(...requests.map(({ inFlight }) => inFlight)) <= 8);
  }

  describe('loses nothing and repeats nothing of', () => {
    for (const runners of [0, 1, 30, 200]) {
      for (const integrations of [0, 1, 99, 100, 101, 250, 1000]) {
        // Each list order is used for half of the shapes.
        const grouped = runners > 1 && (runners + integrations) % 2 === 0 && { grouped: true as const };
        it(`${integrations} integrations on ${runners} runners${grouped ? ', in their order' : ''}`, async () => {
          sandbox.organization = withOddities(largeOrganization({ runners, integrations, ...grouped }));
          const data = await load();
          assertWhole(data);
          assertPolite();
          assert.equal(await load(data), data, 'the very same rows where nothing changed');
        });
      }
    }
  });

  for (const integrations of [0, 1, 100]) {
    it(`asks twice where ${integrations} integrations fit a page`, async () => {
      sandbox.organization = largeOrganization({ runners: 30, integrations });
      assertWhole(await load());
      assert.deepEqual(sandbox.requests.map(({ method, body }) => [method, body]).sort(), [
        ['ListRunners', { pagination: { pageSize: 100 } }],
        ['ListSCMIntegrations', { pagination: { pageSize: 100 } }],
      ]);
    });
  }

  it('asks for no runner by the plain plan', async () => {
    sandbox.organization = withOddities(largeOrganization({ runners: 200, integrations: 1000 }));
    assertWhole(await load(NO_DATA, 'plain'));
    assert.deepEqual(filtersOf(sandbox.requests), []);
    assert.equal(sandbox.requests.length, 3 + 11);
  });

  it('gives the rows of the plain plan, in whatever order', async () => {
    sandbox.organization = withOddities(largeOrganization({ runners: 30, integrations: 250 }));
    const plain = await load(NO_DATA, 'plain');
    assert.equal(await load(plain), plain);
    const parallel = await load();
    assert.equal(await load(parallel, 'plain'), parallel);
    assert.deepEqual(keysOf([...parallel.integrations]), keysOf([...plain.integrations]));
  });

  it('adds what is new, drops what is gone, and leaves the rest where it was', async () => {
    sandbox.organization = withOddities(largeOrganization({ runners: 30, integrations: 250 }));
    const first = await load();
    const { integrations } = sandbox.organization;
    const [gone] = integrations.splice(100, 1);
    const runnerId = sandbox.organization.runners[3]?.runnerId ?? '';
    integrations.unshift({ id: 'new', runnerId, host: 'new.example' });
    const second = await load(first);
    assertWhole(second);
    assert.deepEqual(
      second.integrations.slice(0, -1),
      first.integrations.filter(({ id }) => id !== gone?.id),
    );
    assert.equal(second.integrations.at(-1)?.host, 'new.example');
    assert.equal(second.runners, first.runners);
  });
});
