import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as immediate } from 'node:timers/promises';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA } from '../../../../src/inventory/model.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';
import { apiError, gate, type Lists, listsOf, MemoryClient, never } from './memoryClient.ts';
import { callsOf, loaded, start, startWith, without } from './missingItems.ts';

const BROKEN = apiError();

describe('an integration that the list no longer contains', () => {
  afterEach(() => mock.restoreAll());

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
    const { load, outcome } = startWith(client, previous);
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

  it('goes if that request is refused, but the list misses it twice', async () => {
    const lists = listsOf({ runners: 3, integrations: 9 });
    const left = { ...lists, integrations: without(lists.integrations, 'integration-4') };
    const { client, load, outcome } = start(left, await loaded(lists), ({ runnerIds }) =>
      runnerIds.length > 0 ? Promise.reject(BROKEN) : undefined,
    );
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.integrations, left.integrations);
    assert.deepEqual(callsOf(client).slice(2), [
      `integrations 0 ${lists.integrations[4]?.runnerId}`,
      'integrations 0',
    ]);
  });

  it('stays, with the reason, if the list cannot be read again either', async () => {
    const lists = listsOf({ runners: 3, integrations: 9 });
    const previous = await loaded(lists);
    const left = { ...lists, integrations: without(lists.integrations, 'integration-4') };
    let requests = 0;
    const { load, outcome } = start(left, previous, ({ list }) =>
      list === 'integrations' && requests++ > 0 ? Promise.reject(BROKEN) : undefined,
    );
    assert.equal((await outcome).error, BROKEN);
    assert.equal(load.data.integrations, previous.integrations);
  });

  it('is not waited for long: a request that hangs is given up', async () => {
    const timeout = new AbortController();
    mock.method(AbortSignal, 'timeout', () => timeout.signal);
    const lists = listsOf({ runners: 3, integrations: 9 });
    const left = { ...lists, integrations: without(lists.integrations, 'integration-4') };
    const { load, outcome } = start(left, await loaded(lists), ({ runnerIds }) => {
      if (runnerIds.length === 0) {
        return undefined;
      }
      setImmediate(() => timeout.abort());
      return never();
    });
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.integrations, left.integrations);
  });

  it('is not waited for once the load is canceled, and stays', async () => {
    mock.method(AbortSignal, 'timeout', () => new AbortController().signal);
    const lists = listsOf({ runners: 3, integrations: 9 });
    const previous = await loaded(lists);
    const abort = new AbortController();
    const left = { ...lists, integrations: without(lists.integrations, 'integration-4') };
    const client = new MemoryClient(left, ({ runnerIds }) => {
      if (runnerIds.length === 0) {
        return undefined;
      }
      queueMicrotask(() => abort.abort());
      return never();
    });
    const load = new Loader(client, previous, { signal: abort.signal, onChange: () => undefined });
    assert.equal((await load.everything('plain')).error?.problem, 'canceled');
    assert.equal(load.data.integrations, previous.integrations);
  });

  it('is asked for without the others of its runner if they fill more than a page', async () => {
    const lists = listsOf({ runners: 1, integrations: 250 });
    const left = { ...lists, integrations: without(lists.integrations, 'integration-4') };
    const { client, load, outcome } = start(left, await loaded(lists));
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.integrations, left.integrations);
    assert.deepEqual([client.chunks, callsOf(client).length], [[], 1 + 3 + 3]);
  });

  it('is not believed to be gone if the others came on several pages', async () => {
    const lists = listsOf({ runners: 2, integrations: 2 });
    const [first, second] = lists.integrations;
    const client = new MemoryClient(lists);
    let walks = 0;
    // The list misses the first one once. The answer by name has a second page, so it may have shifted as well.
    client.listScmIntegrations = async function* (options, runnerIds) {
      options.onSend?.();
      await Promise.resolve();
      const isWhole = runnerIds === undefined && ++walks > 1;
      yield { items: second && runnerIds === undefined ? [second] : [], leftOut: [], nextToken: '1' };
      yield { items: first && isWhole ? [first] : [], leftOut: [], nextToken: undefined };
    };
    const previous = await loaded(lists);
    const { load, outcome } = startWith(client, previous);
    assert.equal((await outcome).error, undefined);
    assert.equal(load.data, previous);
    assert.equal(walks, 2);
  });

  it('of many runners is asked for with no more ids than a filter takes', async () => {
    const lists = listsOf({ runners: 60, integrations: 60 });
    const left = { ...lists, integrations: [] };
    const { client, load, outcome } = start(left, await loaded(lists));
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.integrations, []);
    assert.deepEqual(
      client.chunks.map(({ length }) => length),
      [25, 25, 10],
    );
  });

  it('is asked for with no more others than the pages of the API have room for', async () => {
    const lists = listsOf({ runners: 6, integrations: 24 });
    const previous = await loaded(lists);
    const left = { ...lists, integrations: lists.integrations.slice(6) };
    const client = new MemoryClient(left, undefined, { pageSize: 10 });
    const { load, outcome } = startWith(client, previous);
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.integrations, left.integrations);
    assert.deepEqual(
      client.chunks.map((ids) => ids.length),
      [2, 2, 2],
    );
    assert.equal(
      client.calls.filter(({ list }) => list === 'integrations').length,
      5,
      'two pages, three names',
    );
  });

  it('without an ID goes at once: one that has changed is another one', async () => {
    const lists: Lists = {
      runners: [runnerOf({ id: 'managed-runner' })],
      integrations: [integrationOf({ host: 'old.example' })],
    };
    const left = { ...lists, integrations: [integrationOf({ host: 'new.example' })] };
    const { client, load, outcome } = start(left, await loaded(lists));
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.integrations, left.integrations);
    assert.equal(client.calls.length, 2);
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
    assert.deepEqual(callsOf(client), ['runners 0', 'integrations 0', 'integrations 0']);
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
    await immediate();
    assert.equal(load.data, data);
  });
});
