import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { type InventoryData, NO_DATA } from '../../../../src/inventory/model.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';
import { quiet } from '../../api/testClient.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';
import { assertWhole, isChunk, isPlain, KNOWN, refresh, slowWalk } from './knownLists.ts';
import { gate, listsOf, MemoryClient, never, type PageCall } from './memoryClient.ts';
import { loaded } from './missingItems.ts';
import { until } from './signInLoads.ts';

const IDS = KNOWN.runners.map(({ id }) => id);
const [FIRST = '', SECOND = ''] = IDS;

const ofRunner = (integrations: InventoryData['integrations'], id: string) =>
  integrations.filter(({ runnerId }) => runnerId === id);

describe('a refresh of known runners', () => {
  it('asks for their integrations at once, beside the first pages of both lists', async () => {
    const { client } = refresh(await loaded(KNOWN), KNOWN, () => never());
    await until(() => client.chunks.flat().length === IDS.length);
    assert.deepEqual(
      client.calls.slice(0, 2).map(({ list, runnerIds }) => [list, ...runnerIds]),
      [['runners'], ['integrations']],
    );
    assert.deepEqual(client.chunks.flat(), IDS);
    assert.equal(client.calls.length, 2 + 6);
  });

  it('has read each again before the lists have a second page', async () => {
    const previous = await loaded(KNOWN);
    const changed = KNOWN.integrations.map((one) => ({ ...one, virtualDirectory: '/changed' }));
    const { load } = refresh(previous, { ...KNOWN, integrations: changed }, (call) =>
      isChunk(call) ? undefined : never(),
    );
    await until(() => load.data.integrations.every((one) => one.virtualDirectory === '/changed'));
    assert.deepEqual(load.data.integrations, changed);
    assert.deepEqual(load.data.runners, previous.runners);
  });

  it('sends no more requests than a first load', async () => {
    const { client: first, load, outcome } = refresh(NO_DATA);
    await outcome;
    const { client: second, ...again } = refresh(load.data);
    await again.outcome;
    assert.equal(again.load.data, load.data);
    assert.ok(first.chunks.length > 0);
    assert.ok(second.calls.length <= first.calls.length);
  });

  it('asks for no chunk of which no runner had an integration', async () => {
    const lists = {
      ...listsOf({ runners: 500, integrations: 0 }),
      integrations: listsOf({ runners: 50, integrations: 200 }).integrations,
    };
    const { client } = refresh(await loaded(lists), lists, () => never());
    await until(() => client.chunks.length > 0);
    const ids = lists.runners.map(({ id }) => id);
    assert.deepEqual(client.chunks, [ids.slice(0, 25), ids.slice(25, 50)]);
  });

  for (const integrations of [0, 40, 100]) {
    it(`sends two requests if ${integrations} integrations are known: one page has them all`, async () => {
      const lists = listsOf({ runners: 30, integrations });
      const { client, outcome } = refresh(await loaded(lists), lists);
      await outcome;
      assert.deepEqual(client.calls.map(({ list }) => list).sort(), ['integrations', 'runners']);
    });
  }

  it('asks for so many that each answer fits on one page', async () => {
    const [many = '', few = '', none = '', more = ''] = IDS;
    const integrations = [
      ...Array.from({ length: 130 }, (_, i) => [many, i] as const),
      ...Array.from({ length: 60 }, (_, i) => [few, i] as const),
      ...Array.from({ length: 60 }, (_, i) => [more, i] as const),
    ].map(([runnerId, i]) => integrationOf({ id: `${runnerId} ${i}`, runnerId }));
    const lists = { runners: KNOWN.runners.slice(0, 4), integrations };
    const { client } = refresh(await loaded(lists), lists, () => never());
    await until(() => client.chunks.length === 3);
    assert.deepEqual(client.chunks, [[many, none], [few], [more]]);
  });

  it('also asks for runners that turn up in the list, and for none twice', async () => {
    const previous = await loaded(KNOWN);
    const newcomers = Array.from({ length: 3 }, (_, i) => deterministicUuid(`newcomer/${i}`));
    const lists = {
      runners: [...newcomers.map((id) => runnerOf({ id })), ...KNOWN.runners],
      integrations: [
        ...KNOWN.integrations,
        ...newcomers.map((runnerId) => integrationOf({ id: runnerId, runnerId })),
      ],
    };
    const { opened, open } = gate();
    const { client, load, outcome } = refresh(previous, lists, slowWalk(opened));
    await until(() => ofRunner(load.data.integrations, newcomers[2] ?? '').length > 0);
    assert.deepEqual(client.chunks.flat(), [...IDS, ...newcomers]);
    assert.equal(ofRunner(load.data.integrations, newcomers[2] ?? '').length, 1);
    open();
    assert.equal((await outcome).error, undefined);
    assertWhole(load, lists);
  });

  it('asks for the next page of runners before it asks for those of the last one', async () => {
    const { client, outcome } = refresh(NO_DATA);
    await outcome;
    const calls = client.calls.map((call) => (isChunk(call) ? 'chunk' : `${call.list} ${call.page}`));
    assert.ok(calls.indexOf('chunk') > calls.indexOf('runners 1'), calls.join());
  });

  it('leaves runners to the list whose integrations are not known to be complete', async () => {
    const previous = { ...(await loaded(KNOWN)), completeRunnerIds: new Set(IDS.slice(0, 30)) };
    const { client } = refresh(previous, KNOWN, () => never());
    await until(() => client.chunks.length > 0);
    assert.deepEqual(client.chunks, [IDS.slice(0, 25), IDS.slice(25, 30)]);
  });

  it('asks for none before the first page says how many they have, if none is known to be complete', async () => {
    const { runners, integrations } = listsOf({ runners: 30, integrations: 600 });
    const lists = { runners, integrations: runners.flatMap(({ id }) => ofRunner(integrations, id)) };
    const previous = { ...(await loaded(lists)), completeRunnerIds: new Set<string>() };
    const { opened, open } = gate();
    const { client, outcome } = refresh(previous, lists, (call) => (isPlain(call) ? opened : undefined));
    await setImmediate();
    assert.equal(client.chunks.length, 0);
    open();
    await outcome;
    assert.equal(client.chunks[0]?.length, 5);
  });

  it('asks for none by the plain plan', async () => {
    const client = new MemoryClient(KNOWN);
    const options = { ...quiet, onChange: () => undefined };
    await new Loader(client, await loaded(KNOWN), options).everything('plain');
    assert.deepEqual(client.chunks, []);
  });

  describe('shows', () => {
    it('an integration that was moved on its new runner at once, and no longer on the old one in the end', async () => {
      const previous = await loaded(KNOWN);
      const [moved = assert.fail()] = ofRunner(KNOWN.integrations, FIRST);
      const lists = {
        ...KNOWN,
        integrations: KNOWN.integrations.map((one) => (one === moved ? { ...one, runnerId: SECOND } : one)),
      };
      const { opened, open } = gate();
      const { load, outcome } = refresh(previous, lists, slowWalk(opened));
      await until(() => ofRunner(load.data.integrations, SECOND).length === 3);
      open();
      assert.equal((await outcome).error, undefined);
      assertWhole(load, lists);
    });

    it('an integration that was added at once, and one that is gone until the list has been read', async () => {
      const previous = await loaded(KNOWN);
      const [gone = assert.fail()] = ofRunner(KNOWN.integrations, FIRST);
      const added = integrationOf({ id: 'added', runnerId: SECOND });
      const lists = {
        ...KNOWN,
        integrations: [...KNOWN.integrations.filter((one) => one !== gone), added],
      };
      const { opened, open } = gate();
      const { load, outcome } = refresh(previous, lists, slowWalk(opened));
      await until(() => load.data.integrations.includes(added));
      assert.ok(load.data.integrations.includes(gone));
      open();
      assert.equal((await outcome).error, undefined);
      assertWhole(load, lists);
    });

    it('a runner that is gone, with its integrations, until the lists have been read', async () => {
      const previous = await loaded(KNOWN);
      const lists = {
        runners: KNOWN.runners.slice(1),
        integrations: KNOWN.integrations.filter(({ runnerId }) => runnerId !== FIRST),
      };
      const { opened, open } = gate();
      const { client, load, outcome } = refresh(previous, lists, slowWalk(opened));
      await until(() => client.calls.filter(({ list }) => list === 'runners').length === 2);
      assert.equal(ofRunner(load.data.integrations, FIRST).length, 2);
      open();
      assert.equal((await outcome).error, undefined);
      assertWhole(load, lists);
    });
  });

  describe('of which there are many', () => {
    const lists = listsOf({ runners: 500, integrations: 1000 });

    afterEach(() => mock.timers.reset());

    /** A load of which chunks are answered one by one. */
    async function startMany() {
      const held: (() => void)[] = [];
      const { client } = refresh(await loaded(lists), lists, (call) =>
        isChunk(call) ? new Promise((answer) => held.push(answer)) : undefined,
      );
      await until(() => held.length === 7);
      const count = (list: PageCall['list']) =>
        client.calls.filter((call) => call.list === list && !isChunk(call)).length;
      return { client, held, count };
    }

    it('takes all places but one, which the walk of the runners has', async () => {
      const { client, held, count } = await startMany();
      await until(() => count('runners') === 5);
      for (let chunks = 7; chunks < 20; chunks++) {
        assert.deepEqual([client.chunks.length, count('integrations')], [chunks, 1]);
        held.shift()?.();
        await until(() => client.chunks.length > chunks);
      }
      await until(() => count('integrations') === 10);
    });

    it('does not let the walk of the integrations wait long if they hang', async () => {
      mock.timers.enable({ apis: ['setTimeout'] });
      const { count } = await startMany();
      mock.timers.tick(2999);
      await setImmediate();
      assert.equal(count('integrations'), 1);
      mock.timers.tick(1);
      await until(() => count('integrations') === 10);
    });
  });
});
