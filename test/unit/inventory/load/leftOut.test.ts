import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { LeftOut } from '../../../../src/api/leftOut.ts';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../../../src/inventory/model.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf } from '../../api/testClient.ts';
import {
  apiError,
  type LeftOutLists,
  type Lists,
  listsOf,
  MemoryClient,
  type PageCall,
  signalOfTest,
} from './memoryClient.ts';

const LISTS = listsOf({ runners: 60, integrations: 240 });
const [first = '', second = ''] = LISTS.runners.map(({ id }) => id);
const PAT: LeftOut = { fault: 'pat is not boolean', id: 'bad', runnerId: first };
const NAMELESS: LeftOut = { fault: 'id is not string', runnerId: second };
const HOMELESS: LeftOut = { fault: 'runnerId is not string', id: 'homeless' };
const NOTHING: LeftOut = { fault: 'the item is not an object' };
const RUNNER: LeftOut = { fault: 'runnerId is not string' };

describe('items that cannot be read', () => {
  const testSignal = signalOfTest();
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: new Date('2026-11-27T14:02:00') }));
  afterEach(() => mock.timers.reset());

  function loadOf(
    { leftOut, ...lists }: Lists & { readonly leftOut?: LeftOutLists },
    previous: InventoryData = NO_DATA,
    answer?: (call: PageCall) => Promise<void> | undefined,
  ) {
    const client = new MemoryClient(lists, answer);
    client.leftOut = leftOut ?? {};
    return new Loader(client, previous, { signal: testSignal(), onChange: () => undefined });
  }

  async function loaded(
    lists: Lists & { readonly leftOut?: LeftOutLists },
    previous = NO_DATA,
    plan: 'parallel' | 'plain' = 'parallel',
  ) {
    const load = loadOf(lists, previous);
    assert.equal((await load.everything(plan)).error, undefined);
    return load.data;
  }

  const withLeftOut = (integrations: readonly LeftOut[], runners: readonly LeftOut[] = []) => ({
    ...LISTS,
    leftOut: { integrations, runners },
  });

  /** What is left out, without keys. */
  const faultsOf = ({ leftOut }: InventoryData) => ({
    runners: leftOut?.runners.map(({ fault }) => fault) ?? [],
    integrations: leftOut?.integrations.map(({ fault }) => fault) ?? [],
  });

  for (const plan of ['parallel', 'plain'] as const) {
    it(`are counted once and dated, with all others there, by the ${plan} plan`, async () => {
      const data = await loaded(withLeftOut([PAT, NAMELESS, HOMELESS], [RUNNER]), NO_DATA, plan);
      assert.deepEqual([data.runners.length, data.integrations.length], [60, 240]);
      assert.deepEqual(data.leftOut?.asOf, new Date());
      assert.deepEqual(faultsOf(data).runners, [RUNNER.fault]);
      assert.deepEqual(
        faultsOf(data).integrations.sort(),
        [PAT, NAMELESS, HOMELESS].map(({ fault }) => fault).sort(),
      );
    });

    it(`are told apart even if nothing of them can be read, by the ${plan} plan`, async () => {
      const data = await loaded(withLeftOut([NOTHING, NOTHING, NAMELESS, NAMELESS]), NO_DATA, plan);
      assert.equal(data.leftOut?.integrations.length, 4);
    });
  }

  it('are not counted again by a refresh that finds the same ones, but get its time', async () => {
    const lists = withLeftOut([PAT, NAMELESS, NOTHING], [RUNNER]);
    const before = await loaded(lists);
    mock.timers.tick(300_000);
    const after = await loaded(lists, before);
    assert.deepEqual(after.leftOut, { ...before.leftOut, asOf: new Date() });
    assert.equal(after.integrations, before.integrations, 'the very same');
  });

  it('are gone once they can be read, or no longer exist', async () => {
    const before = await loaded(withLeftOut([PAT, NAMELESS], [RUNNER]));
    const after = await loaded(LISTS, before);
    assert.deepEqual(Object.keys(after).sort(), ['integrations', 'runners']);
  });

  it('take the place of what they were when they could be read', async () => {
    const before = await loaded(LISTS);
    const { id, runnerId } = LISTS.integrations[5] ?? assert.fail();
    const after = await loaded(
      {
        ...LISTS,
        integrations: LISTS.integrations.filter((one) => one.id !== id),
        leftOut: { integrations: [{ fault: 'pat is not boolean', id, runnerId }] },
      },
      before,
    );
    assert.ok(!after.integrations.some((one) => one.id === id));
    assert.deepEqual(
      after.leftOut?.integrations.map((one) => one.id),
      [id],
    );
  });

  for (const list of ['integrations', 'runners'] as const) {
    it(`are not taken for gone because a list of several pages has shifted: ${list}`, async () => {
      const lists = { ...listsOf({ runners: 120, integrations: 240 }), leftOut: { [list]: [PAT] } };
      const previous = await loaded(lists);
      const client: MemoryClient = new MemoryClient(lists, (call) => {
        // From the second walk on.
        client.leftOut = call.list === list ? lists.leftOut : client.leftOut;
        return undefined;
      });
      const load = new Loader(client, previous, { signal: testSignal(), onChange: () => undefined });
      assert.equal((await load.everything('plain')).error, undefined);
      assert.deepEqual(faultsOf(load.data), { runners: [], integrations: [], [list]: [PAT.fault] });
      assert.equal(client.calls.filter((call) => call.list === list && call.page === 0).length, 2);
    });
  }

  it('stay while a refresh fails', async () => {
    const before = await loaded(withLeftOut([PAT, NOTHING], [RUNNER]));
    const load = loadOf(LISTS, before, () => Promise.reject(apiError()));
    await load.everything('parallel');
    assert.equal(load.data, before);
  });

  it('are replaced for some runners only, if only those are loaded again', async () => {
    const before = await loaded(withLeftOut([PAT, NAMELESS, HOMELESS], [RUNNER]));
    const healed = loadOf(withLeftOut([NAMELESS, HOMELESS]), before);
    await healed.part({ runners: [first], integrationsOf: [first] }, false);
    assert.deepEqual(faultsOf(healed.data), {
      runners: [RUNNER.fault],
      integrations: [NAMELESS.fault, HOMELESS.fault],
    });
    const worse = loadOf(withLeftOut([PAT, { ...PAT, id: 'worse' }, NAMELESS]), before);
    await worse.part({ runners: [first], integrationsOf: [first] }, false);
    assert.deepEqual(
      worse.data.leftOut?.integrations.map(({ id }) => id),
      ['bad', undefined, 'homeless', 'worse'],
    );
  });

  it('fail the load if they are all that a list has, and leave the other list alone', async () => {
    mock.timers.reset();
    const sandbox = await startSandbox();
    const { client } = clientOf(sandbox);
    const load = new Loader(client, NO_DATA, { signal: testSignal(), onChange: () => undefined });
    sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body: '{"integrations":[{"pat":"true"}]}' });
    const { error } = await load.everything('parallel');
    assert.equal(error?.detail, 'no item could be read: pat is not boolean');
    assert.equal(load.data.runners.length, sandbox.organization.runners.length);
    assert.deepEqual(load.data.completeRunnerIds, new Set(), 'nobody is said to have no integrations');
    assert.equal(load.data.leftOut, undefined);
    await sandbox.close();
  });
});
