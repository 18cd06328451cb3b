import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../../../src/inventory/model.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';
import { quiet } from '../../api/testClient.ts';
import { apiError, type Lists, MemoryClient, type PageCall } from './memoryClient.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';

/** Runners that may own integrations: most of them listed, one with an id that no filter accepts, one without an id. */
const OWNERS = [
  ...Array.from({ length: 9 }, (_, i) => deterministicUuid(`runner/${i}`)),
  'managed-runner-1',
  '',
];

const integrations = fc.uniqueArray(
  fc.record({
    runnerId: fc.constantFrom(...OWNERS),
    // Few, so that templates share ids.
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', ''),
    host: fc.constantFrom('github.com', 'gitlab.com'),
  }),
  { maxLength: 40, selector: (fields) => JSON.stringify(fields) },
);

const lists: fc.Arbitrary<Lists> = fc
  .record({ listed: fc.subarray(OWNERS.filter(Boolean)), integrations })
  .map(({ listed, integrations }) => ({
    runners: listed.map((id) => runnerOf({ id, name: id })),
    integrations: integrations.map(integrationOf),
  }));

const keysOf = (items: readonly object[]) => items.map((item) => JSON.stringify(item)).sort();

interface Run {
  readonly data: InventoryData;
  readonly error: unknown;
  readonly published: readonly InventoryData[];
  /** According to the answers. */
  readonly failed: ReadonlySet<string>;
}

describe('loading in parallel, whatever comes first', () => {
  /** Loads with pages of three, answered in the scheduler's order. */
  async function load(
    scheduler: fc.Scheduler,
    lists: Lists,
    previous: InventoryData,
    isBroken: (call: PageCall) => boolean = () => false,
  ): Promise<Run> {
    const failed = new Set<string>();
    const client = new MemoryClient(
      lists,
      async (call) => {
        await scheduler.schedule(Promise.resolve(), `${call.list} ${call.page} ${call.runnerIds.length}`);
        if (isBroken(call)) {
          call.runnerIds.forEach((id) => failed.add(id));
          throw apiError();
        }
      },
      { pageSize: 3 },
    );
    const published: InventoryData[] = [];
    const running: Loader = new Loader(client, previous, {
      ...quiet,
      onChange: () => published.push(running.data),
    });
    const { error } = await scheduler.waitFor(running.everything('parallel'));
    await scheduler.waitIdle();
    if (lists.integrations.length <= 3 && previous === NO_DATA) {
      assert.deepEqual(client.chunks, [], 'asked for what is there already');
    }
    return { data: running.data, error, published, failed };
  }

  function assertWhole({ data, error }: Run, lists: Lists): void {
    assert.equal(error, undefined);
    assert.deepEqual(keysOf(data.integrations), keysOf(lists.integrations));
    assert.deepEqual(keysOf(data.runners), keysOf(lists.runners));
    assert.deepEqual(Object.keys(data).sort(), ['integrations', 'runners']);
  }

  it('has all and nothing twice, whatever chunks fail', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.scheduler(), fc.func(fc.boolean()), async (lists, scheduler, fails) => {
        const isBroken = ({ runnerIds, page }: PageCall) => runnerIds.length > 0 && fails(runnerIds, page);
        assertWhole(await load(scheduler, lists, NO_DATA, isBroken), lists);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the very same rows where nothing changed, at every moment', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.scheduler(), async (lists, scheduler) => {
        const { data } = await load(scheduler, lists, NO_DATA);
        const again = await load(scheduler, lists, data);
        assert.equal(again.data, data);
        assert.ok(again.published.every((one) => one === data));
      }),
      { numRuns: 200 },
    );
  });

  it('moves nothing that stays, and drops nothing that comes again', async () => {
    await fc.assert(
      fc.asyncProperty(lists, lists, fc.scheduler(), async (before, after, scheduler) => {
        const { data } = await load(scheduler, before, NO_DATA);
        const run = await load(scheduler, after, data);
        assertWhole(run, after);
        const staying = new Set(keysOf(after.integrations));
        const stays = (one: ScmIntegration) => staying.has(JSON.stringify(one));
        const stable = data.integrations.filter(stays);
        for (const { integrations } of run.published) {
          assert.deepEqual(
            integrations.filter((one) => data.integrations.includes(one)).filter(stays),
            stable,
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('marks just the runners whose chunks failed where the plain walk fails too', async () => {
    await fc.assert(
      fc.asyncProperty(lists, fc.scheduler(), fc.func(fc.boolean()), async (lists, scheduler, fails) => {
        const isBroken = ({ list, runnerIds, page }: PageCall) =>
          list === 'integrations' && (runnerIds.length > 0 ? fails(runnerIds, page) : page > 0);
        const { data, error, failed } = await load(scheduler, lists, NO_DATA, isBroken);
        if (lists.integrations.length <= 3) {
          assert.equal(error, undefined, 'one page');
          return;
        }
        assert.ok(error);
        assert.deepEqual(new Set(data.runnerErrors?.keys()), failed);
        const listed = lists.runners.map(({ id }) => id).filter((id) => id !== 'managed-runner-1');
        const came = listed.filter((id) => !failed.has(id));
        assert.deepEqual(new Set(data.completeRunnerIds), new Set(came));
        const theirs = ({ runnerId }: ScmIntegration) => came.includes(runnerId);
        assert.deepEqual(keysOf(data.integrations.filter(theirs)), keysOf(lists.integrations.filter(theirs)));
      }),
      { numRuns: 200 },
    );
  });
});
