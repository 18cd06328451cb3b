import assert from 'node:assert/strict';
import { runnerOf } from '../fixtures.ts';
import { apiError, listsOf } from './memoryClient.ts';
import { callsOf, loaded, start, without } from './missingItems.ts';

const BROKEN = apiError();

describe('a runner that the list no longer contains', () => {
  const lists = listsOf({ runners: 5, integrations: 5 });
  const gone = lists.runners[2]?.id ?? '';
  const left = { ...lists, runners: without(lists.runners, gone) };

  it('is asked for by name, and goes if the API does not know it', async () => {
    const { client, load, outcome } = start(left, await loaded(lists));
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.runners, left.runners);
    assert.deepEqual(callsOf(client).slice(-1), [`runner 0 ${gone}`]);
  });

  for (const code of ['permission_denied', 'unimplemented', 'invalid_argument', 'internal'] as const) {
    it(`goes if the API gives no answer about it (${code}), but the list misses it twice`, async () => {
      const { client, load, outcome } = start(left, await loaded(lists), ({ list }) =>
        list === 'runner' ? Promise.reject(apiError({ code })) : undefined,
      );
      assert.equal((await outcome).error, undefined);
      assert.deepEqual(load.data.runners, left.runners);
      assert.deepEqual(callsOf(client).slice(2), [`runner 0 ${gone}`, 'runners 0']);
    });
  }

  it('stays if the API gives no answer about it, but the list has it the next time', async () => {
    let requests = 0;
    const previous = await loaded(lists);
    const { load, outcome } = start(lists, previous, ({ list }, client) => {
      if (list === 'runners') {
        client.lists = requests++ === 0 ? left : lists;
      }
      return list === 'runner' ? Promise.reject(BROKEN) : undefined;
    });
    assert.equal((await outcome).error, undefined);
    assert.equal(load.data, previous);
  });

  it('of many is asked for by reading the list again, which does not ask for integrations again', async () => {
    const many = listsOf({ runners: 50, integrations: 250 });
    const few = { ...many, runners: many.runners.slice(0, 10) };
    const { client, load, outcome } = start(few, await loaded(many), () => undefined, 'parallel');
    assert.equal((await outcome).error, undefined);
    assert.deepEqual(load.data.runners, few.runners);
    assert.equal(client.calls.filter(({ list }) => list === 'runners').length, 2);
    assert.equal(client.calls.filter(({ list }) => list === 'runner').length, 0);
    const asked = client.chunks.flat();
    assert.deepEqual([asked.length, new Set(asked).size], [50, 50], 'each known runner once');
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
});
