import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../../../src/inventory/model.ts';
import { apiError, listsOf, MemoryClient, never, type PageCall, signalOfTest } from './memoryClient.ts';

const LISTS = listsOf({ runners: 130, integrations: 260 });
const RUNNER_IDS = LISTS.runners.map(({ id }) => id);
const isPlain = ({ list, runnerIds }: PageCall) => list === 'integrations' && runnerIds.length === 0;

describe('loading some runners again', () => {
  const testSignal = signalOfTest();

  function loadOf(
    answer: (call: PageCall) => Promise<void> | undefined = () => undefined,
    { previous = NO_DATA, lists = LISTS, signal = testSignal() } = {},
  ) {
    const client = new MemoryClient(lists, answer);
    const load = new Loader(client, previous, { signal, onChange: () => undefined });
    return { client, load };
  }

  async function loaded(): Promise<InventoryData> {
    const { load } = loadOf();
    assert.equal((await load.everything('parallel')).error, undefined);
    return load.data;
  }

  const failedIds = RUNNER_IDS.slice(40, 70);
  const error = apiError();

  /** Rows, after those of some runners failed. */
  async function withFailed(): Promise<InventoryData> {
    return { ...(await loaded()), runnerErrors: new Map(failedIds.map((id) => [id, error])) };
  }

  it('asks for just those, in chunks, and clears their marks', async () => {
    const previous = await withFailed();
    const { client, load } = loadOf(undefined, { previous });
    await load.part({ runners: [], integrationsOf: failedIds }, false);
    assert.deepEqual(client.chunks, [failedIds.slice(0, 25), failedIds.slice(25)]);
    assert.ok(client.calls.every(({ runnerIds }) => runnerIds.length > 0));
    assert.equal(load.data.runnerErrors, undefined);
    assert.equal(load.data.integrations, previous.integrations);
    assert.equal(load.data.runners, previous.runners);
  });

  it('adds what they have got, and drops what they have no more', async () => {
    const previous = await withFailed();
    const [gone, kept] = LISTS.integrations.filter(({ runnerId }) => runnerId === failedIds[0]);
    const elsewhere = LISTS.integrations.find(({ runnerId }) => runnerId === RUNNER_IDS[0]);
    const lists = {
      ...LISTS,
      integrations: LISTS.integrations.filter((one) => one !== gone && one !== elsewhere),
    };
    const { load } = loadOf(undefined, { previous, lists });
    await load.part({ runners: [], integrationsOf: failedIds }, false);
    const { integrations } = load.data;
    assert.ok(gone && kept && elsewhere);
    assert.deepEqual([integrations.includes(gone), integrations.includes(kept)], [false, true]);
    assert.ok(integrations.includes(elsewhere), 'nobody asked for it');
  });

  it('asks for so many at a time that Node.js does not suspect a leak', async () => {
    const warnings: string[] = [];
    const note = ({ message }: Error) => warnings.push(message);
    process.on('warning', note);
    try {
      const { client, load } = loadOf(undefined, { previous: await loaded() });
      const some = RUNNER_IDS.slice(0, 20);
      await load.part({ runners: some, integrationsOf: some }, true);
      assert.equal(client.calls.filter(({ list }) => list === 'runner').length, 20);
      await setImmediate();
    } finally {
      process.off('warning', note);
    }
    assert.deepEqual(warnings, []);
  });

  describe('that are few', () => {
    const few = RUNNER_IDS.slice(3, 5);
    const [first = '', second = ''] = few;

    it('renews the runners too, and asks for nothing else', async () => {
      const previous = await withFailed();
      const renamed = { ...(LISTS.runners[3] ?? assert.fail()), name: 'renamed' };
      const lists = { ...LISTS, runners: LISTS.runners.with(3, renamed) };
      const { client, load } = loadOf(undefined, { previous, lists });
      await load.part({ runners: few, integrationsOf: few }, false);
      assert.equal(load.data.runners[3], renamed);
      assert.equal(load.data.runners[4], previous.runners[4], 'the very same if it did not change');
      assert.deepEqual(client.calls.map(({ list, runnerIds }) => [list, ...runnerIds]).sort(), [
        ['integrations', ...few],
        ['runner', first],
        ['runner', second],
      ]);
    });

    it('drops a runner that is gone, and adds one that was not listed', async () => {
      const previous = { ...LISTS, runners: LISTS.runners.filter(({ id }) => id !== second) };
      const lists = { ...LISTS, runners: LISTS.runners.filter(({ id }) => id !== first) };
      const { load } = loadOf(undefined, { previous, lists });
      await load.part({ runners: few, integrationsOf: few }, false);
      const ids = load.data.runners.map(({ id }) => id);
      assert.deepEqual([ids.includes(first), ids.includes(second)], [false, true]);
      assert.equal(ids.length, previous.runners.length);
    });

    it('drops no runner that the key may not read: the list had it', async () => {
      const previous = await withFailed();
      const denied = apiError({ problem: 'noPermission', code: 'permission_denied' });
      const { load } = loadOf(({ list }) => (list === 'runner' ? Promise.reject(denied) : undefined), {
        previous,
      });
      await load.part({ runners: few, integrationsOf: few }, false);
      assert.equal(load.data.runners, previous.runners);
    });

    it('asks again if they have nothing any more, because one response may be empty for no reason', async () => {
      const previous = await withFailed();
      const { client, load } = loadOf(
        () => {
          client.lists = LISTS;
          return undefined;
        },
        { previous, lists: { ...LISTS, integrations: [] } },
      );
      await load.part({ runners: few, integrationsOf: few }, false);
      assert.equal(load.data.integrations, previous.integrations);
      assert.deepEqual(client.chunks, [few, few]);
    });

    it('asks again if one is missing and the others came on several pages, which may have shifted', async () => {
      const previous = await withFailed();
      const { client, load } = loadOf(undefined, { previous });
      const own = LISTS.integrations.filter(({ runnerId }) => few.includes(runnerId));
      let walks = 0;
      client.listScmIntegrations = async function* () {
        await setImmediate();
        yield { items: own.slice(0, 1), leftOut: [], nextToken: '1' };
        yield { items: own.slice(walks++ === 0 ? 2 : 1), leftOut: [], nextToken: undefined };
      };
      await load.part({ runners: few, integrationsOf: few }, false);
      assert.equal(load.data.integrations, previous.integrations);
      assert.equal(walks, 2);
    });

    it('leaves a runner as it was if it cannot be read', async () => {
      const previous = await withFailed();
      const { load } = loadOf(({ list }) => (list === 'runner' ? Promise.reject(error) : undefined), {
        previous,
      });
      await load.part({ runners: few, integrationsOf: few }, false);
      assert.equal(load.data.runners, previous.runners);
    });
  });

  it('leaves the marks of those that fail again, with the new error', async () => {
    const previous = await withFailed();
    const again = apiError({ detail: 'again' });
    const unlucky = failedIds.slice(25);
    const { load } = loadOf(
      ({ runnerIds }) => (runnerIds.includes(unlucky[0] ?? '') ? Promise.reject(again) : undefined),
      { previous },
    );
    await load.part({ runners: [], integrationsOf: failedIds }, false);
    assert.deepEqual(load.data.runnerErrors, new Map(unlucky.map((id) => [id, again])));
    assert.deepEqual(previous.runnerErrors?.size, failedIds.length, 'the last rows are as they were');
  });

  it('leaves all marks where it is aborted', async () => {
    const previous = await withFailed();
    const abort = new AbortController();
    const { load } = loadOf(never, { previous, signal: abort.signal });
    const done = load.part({ runners: [], integrationsOf: failedIds }, false);
    await setImmediate();
    abort.abort();
    await done;
    assert.equal(load.data, previous);
  });

  it('is not needed where all are loaded anew: marks go with the plain walk', async () => {
    const previous = await withFailed();
    const { load } = loadOf(undefined, { previous });
    assert.equal((await load.everything('plain')).error, undefined);
    assert.equal(load.data.runnerErrors, undefined);
  });

  it('is still needed where that fails', async () => {
    const previous = await withFailed();
    const { load } = loadOf((call) => (isPlain(call) ? Promise.reject(error) : undefined), { previous });
    await load.everything('plain');
    assert.deepEqual(load.data.runnerErrors, previous.runnerErrors);
  });
});
