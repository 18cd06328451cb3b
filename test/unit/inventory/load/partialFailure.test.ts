import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../../../src/inventory/model.ts';
import { apiError, gate, listsOf, MemoryClient, never, type PageCall, signalOfTest } from './memoryClient.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';

const BROKEN = apiError({ detail: 'broken' });
const LISTS = listsOf({ runners: 130, integrations: 260 });
const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);
const RUNNER_IDS = idsOf(LISTS.runners);
/** In the first chunk, all of which fail together. */
const UNLUCKY = RUNNER_IDS[3] ?? '';

const isPlain = ({ list, runnerIds }: PageCall) => list === 'integrations' && runnerIds.length === 0;
const isUnlucky = ({ runnerIds }: PageCall) => runnerIds.includes(UNLUCKY);
const failUnlucky = (call: PageCall) => (isUnlucky(call) ? Promise.reject(BROKEN) : undefined);

/** The plain walk continues after its first page once `rest` settles; `chunk` answers the chunks. */
function slowWalk(rest: Promise<void>, chunk: (call: PageCall) => Promise<void> | undefined) {
  return (call: PageCall) => {
    if (call.list === 'runners') {
      return undefined;
    }
    return isPlain(call) ? (call.page > 0 ? rest : undefined) : chunk(call);
  };
}

describe('a load of which a part fails', () => {
  const testSignal = signalOfTest();

  /** A load that waits only for what `answer` delays. */
  function start(
    answer: (call: PageCall) => Promise<void> | undefined,
    { previous = NO_DATA, lists = LISTS } = {},
  ) {
    const client = new MemoryClient(lists, answer);
    const load = new Loader(client, previous, { signal: testSignal(), onChange: () => undefined });
    return { client, load, outcome: load.everything('parallel') };
  }

  /** The rows of a load that must succeed. */
  async function loaded(): Promise<InventoryData> {
    const { load, outcome } = start(() => undefined);
    assert.equal((await outcome).error, undefined);
    return load.data;
  }

  describe('a chunk', () => {
    it('leaves the rest standing, its runners marked with the error', async () => {
      const { client, load } = start(slowWalk(never(), failUnlucky));
      await setImmediate();
      const { runnerErrors = new Map(), completeRunnerIds, integrations } = load.data;
      const [unlucky = []] = client.chunks;
      assert.ok(unlucky.length > 1 && unlucky.length < RUNNER_IDS.length);
      assert.deepEqual(
        [...runnerErrors],
        unlucky.map((id) => [id, BROKEN]),
      );
      const others = RUNNER_IDS.filter((id) => !unlucky.includes(id));
      assert.deepEqual(new Set(completeRunnerIds), new Set(others));
      const ofOthers = LISTS.integrations.filter(({ runnerId }) => others.includes(runnerId));
      assert.ok(ofOthers.every((integration) => integrations.includes(integration)));
    });

    it('is forgotten once the plain walk has all', async () => {
      const { opened, open } = gate();
      const { load, outcome } = start(slowWalk(opened, failUnlucky));
      await setImmediate();
      assert.ok(load.data.runnerErrors);
      open();
      assert.deepEqual((await outcome).error, undefined);
      assert.deepEqual(new Set(load.data.integrations), new Set(LISTS.integrations));
      assert.deepEqual(Object.keys(load.data).sort(), ['integrations', 'runners']);
    });

    it('that comes too late changes nothing', async () => {
      const { opened, open } = gate();
      const { load, outcome } = start((call) =>
        isUnlucky(call) ? opened.then(() => Promise.reject(BROKEN)) : undefined,
      );
      await outcome;
      const { data } = load;
      open();
      await setImmediate();
      assert.equal(load.data, data);
      assert.equal(data.runnerErrors, undefined);
    });

    it('keeps what its runners had', async () => {
      const previous = await loaded();
      const { load } = start(slowWalk(never(), failUnlucky), {
        previous,
        lists: { ...LISTS, integrations: LISTS.integrations.slice(0, 150) },
      });
      await setImmediate();
      assert.equal(load.data.integrations, previous.integrations);
    });

    it('whose key is refused is the last', async () => {
      const { opened, open } = gate();
      const refused = apiError({ problem: 'keyRefused', code: 'unauthenticated' });
      const { client, load, outcome } = start(
        slowWalk(opened, () => Promise.reject(refused)),
        { lists: listsOf({ runners: 500, integrations: 1000 }) },
      );
      await setImmediate();
      // Those under way when the first one failed.
      assert.ok(client.chunks.length <= 6, `${client.chunks.length} chunks`);
      assert.equal(load.data.runnerErrors?.size, client.chunks.flat().length);
      open();
      await outcome;
      assert.ok(client.chunks.length <= 6, 'none later');
    });
  });

  describe('the plain walk', () => {
    const failing = (call: PageCall) => (isPlain(call) && call.page > 0 ? Promise.reject(BROKEN) : undefined);

    it('at page 2, beside chunks that have all come: may be incomplete', async () => {
      const { load, outcome } = start(failing);
      assert.deepEqual(await outcome, { error: BROKEN, mayBeIncomplete: true });
      assert.deepEqual(new Set(load.data.integrations), new Set(LISTS.integrations));
      assert.deepEqual(load.data.completeRunnerIds, new Set(RUNNER_IDS));
      assert.equal(load.data.runnerErrors, undefined);
    });

    it('at page 2 waits for chunks that are under way', async () => {
      const { opened, open } = gate();
      const { outcome } = start((call) => (isUnlucky(call) ? opened : failing(call)));
      await setImmediate();
      open();
      assert.deepEqual(await outcome, { error: BROKEN, mayBeIncomplete: true });
    });

    it('at page 2, beside a chunk that failed: is incomplete', async () => {
      const other = apiError({ detail: 'other' });
      const { load, outcome } = start((call) => (isUnlucky(call) ? Promise.reject(other) : failing(call)));
      assert.deepEqual(await outcome, { error: BROKEN, mayBeIncomplete: false });
      assert.equal(load.data.runnerErrors?.get(UNLUCKY), other);
    });

    it('at page 2, beside a runner that no filter takes: is incomplete', async () => {
      const lists = { ...LISTS, runners: [...LISTS.runners, runnerOf({ id: 'managed-runner-1' })] };
      const { load, outcome } = start(failing, { lists });
      assert.deepEqual(await outcome, { error: BROKEN, mayBeIncomplete: false });
      assert.equal(load.data.completeRunnerIds?.has('managed-runner-1'), false);
    });

    it('at page 2, of the plain plan: is incomplete', async () => {
      const load = new Loader(new MemoryClient(LISTS, failing), NO_DATA, {
        signal: testSignal(),
        onChange: () => undefined,
      });
      assert.deepEqual(await load.everything('plain'), { error: BROKEN, mayBeIncomplete: false });
    });

    it('at page 1 asks for no runner', async () => {
      const { client, outcome } = start((call) => (isPlain(call) ? Promise.reject(BROKEN) : undefined));
      assert.deepEqual(await outcome, { error: BROKEN, mayBeIncomplete: false });
      assert.deepEqual(client.chunks, []);
    });
  });

  describe('the list of runners', () => {
    const other = apiError({ method: 'ListRunners' });
    const failing = ({ list, page }: PageCall) =>
      list === 'runners' && page > 0 ? Promise.reject(other) : undefined;

    it('is an error, though the integrations are there', async () => {
      const { load, outcome } = start(failing);
      assert.deepEqual(await outcome, { error: other, mayBeIncomplete: false });
      assert.deepEqual([load.data.runners.length, load.data.integrations.length], [100, 260]);
      assert.equal(load.data.completeRunnerIds, undefined, 'their list was read to its end');
    });

    it('is the error to tell where the integrations fail as well', async () => {
      const { load, outcome } = start((call) =>
        isPlain(call) && call.page > 0 ? Promise.reject(BROKEN) : failing(call),
      );
      assert.deepEqual(await outcome, { error: other, mayBeIncomplete: false });
      assert.deepEqual(
        load.data.completeRunnerIds,
        new Set(RUNNER_IDS.slice(0, 100)),
        'those that are known',
      );
    });
  });

  it('claims nothing of a runner that came meanwhile', async () => {
    const previous = await loaded();
    assert.equal(previous.completeRunnerIds, undefined);
    const lists = { ...LISTS, runners: [...LISTS.runners, runnerOf({ id: 'newcomer' })] };
    const { load, outcome } = start((call) => (isPlain(call) ? Promise.reject(BROKEN) : undefined), {
      previous,
      lists,
    });
    assert.equal((await outcome).error, BROKEN);
    const { completeRunnerIds } = load.data;
    assert.deepEqual(
      lists.runners.filter(({ id }) => completeRunnerIds?.has(id) === false).map(({ id }) => id),
      ['newcomer'],
    );
  });

  it('says that runners are coming, until the first list of them has ended', async () => {
    const { opened, open } = gate();
    const { load, outcome } = start((call) =>
      call.list === 'runners' && call.page > 0 ? opened : undefined,
    );
    while (load.data.runners.length === 0) {
      await setImmediate();
    }
    assert.equal(load.data.isRunnerListPartial, true);
    open();
    await outcome;
    assert.equal(load.data.isRunnerListPartial, undefined);
  });

  it('shows at once what a runner has got, but what it has no more only until the plain walk has ended', async () => {
    const previous = await loaded();
    const [lost] = LISTS.integrations.filter(({ runnerId }) => runnerId === UNLUCKY);
    const gained = integrationOf({ id: 'new', runnerId: UNLUCKY });
    const lists = { ...LISTS, integrations: [...LISTS.integrations.filter((one) => one !== lost), gained] };
    const { opened, open } = gate();
    const { client, load, outcome } = start(
      slowWalk(opened, () => undefined),
      { previous, lists },
    );
    await setImmediate();
    assert.ok(lost);
    assert.deepEqual(idsOf(load.data.integrations), [...idsOf(previous.integrations), 'new']);
    assert.equal(load.data.completeRunnerIds, undefined);
    open();
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(idsOf(load.data.integrations), [
      ...idsOf(previous.integrations).filter((id) => id !== lost.id),
      'new',
    ]);
    assert.deepEqual(client.chunks.at(-1), [UNLUCKY], 'asked for it by name');
  });

  it('does not call a runner complete that was gone since it was', async () => {
    const [returned = ''] = RUNNER_IDS;
    const previous = { ...NO_DATA, completeRunnerIds: new Set([returned]) };
    const lists = listsOf({ runners: 1, integrations: 2 });
    const { load, outcome } = start((call) => (isPlain(call) ? Promise.reject(BROKEN) : undefined), {
      previous,
      lists,
    });
    assert.equal((await outcome).error, BROKEN);
    assert.deepEqual(idsOf(load.data.runners), [returned]);
    assert.deepEqual(load.data.completeRunnerIds, new Set());
  });
});
