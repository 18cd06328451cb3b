import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { type InventoryData, NO_DATA } from '../../../../src/inventory/model.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';
import {
  apiError,
  gate,
  type Lists,
  listsOf,
  MemoryClient,
  type PageCall,
  signalOfTest,
} from './memoryClient.ts';

const BROKEN = apiError();

describe('a row that a list no longer contains', () => {
  const testSignal = signalOfTest();

  function start(
    lists: Lists,
    previous: InventoryData,
    answer: (call: PageCall, client: MemoryClient) => Promise<void> | undefined = () => undefined,
    plan: 'parallel' | 'plain' = 'plain',
  ) {
    const client: MemoryClient = new MemoryClient(lists, (call) => answer(call, client));
    return { client, ...startOf(client, previous, plan) };
  }

  function startOf(client: MemoryClient, previous: InventoryData, plan: 'parallel' | 'plain' = 'plain') {
    const load = new Loader(client, previous, { signal: testSignal(), onChange: () => undefined });
    return { load, outcome: load.everything(plan) };
  }

  async function loaded(lists: Lists): Promise<InventoryData> {
    const { load, outcome } = start(lists, NO_DATA);
    assert.equal((await outcome).error, undefined);
    return load.data;
  }

  const without = <T extends { readonly id: string }>(items: readonly T[], ...ids: readonly string[]) =>
    items.filter(({ id }) => !ids.includes(id));
  const callsOf = ({ calls }: MemoryClient) =>
    calls.map(({ list, page, runnerIds }) => [list, page, ...runnerIds].join(' '));

  describe('of integrations', () => {
    it('is asked for by name, and stays if only the list has shifted', async () => {
      const lists = listsOf({ runners: 30, integrations: 250 });
      const previous = await loaded(lists);
      const client = new MemoryClient(lists);
      // The token of a page is the number of items before it. One is deleted after the first page was sent.
      const all = lists.integrations;
      const byName = new MemoryClient(lists);
      client.listScmIntegrations = async function* (options, runnerIds) {
        if (runnerIds !== undefined) {
          yield* byName.listScmIntegrations(options, runnerIds);
          return;
        }
        yield { items: all.slice(0, 100), leftOut: [], nextToken: '100' };
        yield { items: all.slice(101, 201), leftOut: [], nextToken: '200' };
        yield { items: all.slice(201), leftOut: [], nextToken: undefined };
      };
      const { load, outcome } = startOf(client, previous);
      assert.equal((await outcome).error, undefined);
      assert.equal(load.data, previous);
      assert.deepEqual(byName.chunks, [[all[100]?.runnerId]]);
    });

    it('goes after one more request', async () => {
      const lists = listsOf({ runners: 3, integrations: 9 });
      const previous = await loaded(lists);
      const left = { ...lists, integrations: without(lists.integrations, 'integration-4') };
      const { client, load, outcome } = start(left, previous);
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(load.data.integrations, left.integrations);
      assert.deepEqual(client.chunks, [[lists.integrations[4]?.runnerId]]);
    });

    it('stays, with its reason, if that request fails', async () => {
      const lists = listsOf({ runners: 3, integrations: 9 });
      const previous = await loaded(lists);
      const left = { ...lists, integrations: without(lists.integrations, 'integration-4') };
      const { load, outcome } = start(left, previous, ({ runnerIds }) =>
        runnerIds.length > 0 ? Promise.reject(BROKEN) : undefined,
      );
      assert.equal((await outcome).error, BROKEN);
      assert.equal(load.data.integrations, previous.integrations);
    });

    it('stays if one response is empty for no reason', async () => {
      const lists = listsOf({ runners: 3, integrations: 9 });
      const previous = await loaded(lists);
      let integrations = 0;
      const { load, outcome } = start(lists, previous, ({ list }, client) => {
        if (list === 'integrations') {
          client.lists = { ...lists, integrations: integrations++ === 0 ? [] : lists.integrations };
        }
        return undefined;
      });
      assert.equal((await outcome).error, undefined);
      assert.equal(load.data, previous);
    });

    it('is read again with its list if there are too many to ask for, and goes if it is missing again', async () => {
      const lists = listsOf({ runners: 150, integrations: 300 });
      const previous = await loaded(lists);
      const left = { ...lists, integrations: [] };
      const { client, load, outcome } = start(left, previous);
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(load.data.integrations, []);
      assert.deepEqual(callsOf(client), ['runners 0', 'integrations 0', 'runners 1', 'integrations 0']);
    });

    it('is read again with its list if its runner cannot be asked for', async () => {
      const lists: Lists = {
        runners: [runnerOf({ id: 'managed-runner' })],
        integrations: ['a', 'b'].map((id) => integrationOf({ id, runnerId: 'managed-runner' })),
      };
      const previous = await loaded(lists);
      const left = { ...lists, integrations: without(lists.integrations, 'a') };
      const { client, load, outcome } = start(left, previous);
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(load.data.integrations, left.integrations);
      assert.deepEqual(client.chunks, []);
    });

    it('is not added by a chunk that arrives after the list has ended', async () => {
      const lists = listsOf({ runners: 30, integrations: 250 });
      const { opened, open } = gate();
      const { client, load, outcome } = start(
        lists,
        NO_DATA,
        ({ runnerIds }) => (runnerIds.length > 0 ? opened : undefined),
        'parallel',
      );
      assert.equal((await outcome).error, undefined);
      const { data } = load;
      assert.ok(client.chunks.length > 0);
      const late = integrationOf({ id: 'late', runnerId: client.chunks[0]?.[0] ?? '' });
      client.lists = { ...lists, integrations: [...lists.integrations, late] };
      open();
      await setImmediate();
      assert.equal(load.data, data);
    });
  });

  describe('of runners', () => {
    const lists = listsOf({ runners: 5, integrations: 5 });
    const gone = lists.runners[2]?.id ?? '';
    const left = { ...lists, runners: without(lists.runners, gone) };

    it('is asked for by name, and goes if the API does not know it', async () => {
      const { client, load, outcome } = start(left, await loaded(lists));
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(load.data.runners, left.runners);
      assert.deepEqual(callsOf(client).slice(-1), [`runner 0 ${gone}`]);
    });

    it('goes if the key may no longer see it', async () => {
      const { load, outcome } = start(left, await loaded(lists), ({ list }) =>
        list === 'runner' ? Promise.reject(apiError({ code: 'permission_denied' })) : undefined,
      );
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(load.data.runners, left.runners);
    });

    it('goes if the API still knows it as deleted', async () => {
      const previous = await loaded(lists);
      const { client, load, outcome } = start(left, previous);
      Object.assign(client, {
        getRunner: (id: string) => Promise.resolve(runnerOf({ id, phase: 'RUNNER_PHASE_DELETED' })),
      });
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(load.data.runners, left.runners);
    });

    it('stays if the API still knows it, with its present fields', async () => {
      const { client, load, outcome } = start(left, await loaded(lists));
      Object.assign(client, {
        getRunner: (id: string) => Promise.resolve(runnerOf({ id, phase: 'RUNNER_PHASE_DELETING' })),
      });
      assert.equal((await outcome).error, undefined);
      assert.equal(load.data.runners[2]?.phase, 'RUNNER_PHASE_DELETING');
    });

    it('stays, with its reason, if that request fails', async () => {
      const previous = await loaded(lists);
      const { load, outcome } = start(left, previous, ({ list }) =>
        list === 'runner' ? Promise.reject(BROKEN) : undefined,
      );
      assert.equal((await outcome).error, BROKEN);
      assert.equal(load.data.runners, previous.runners);
    });
  });
});
