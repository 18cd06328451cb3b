import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { IntegrationList, type ReadOptions } from '../../../../src/inventory/load/integrationList.ts';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { MergedList } from '../../../../src/inventory/load/mergedList.ts';
import { type InventoryData, NO_DATA } from '../../../../src/inventory/model.ts';
import { quiet } from '../../api/testClient.ts';
import { EditedServer, keyOf, randomOf, type Size, type Tokens, versionOf } from './editedServer.ts';

/** Each seed is a history of edits and loads; a failure names it. */
const PARTS = 4;
const SEEDS_OF_PART = 250;

/** So many that a refresh begins with those that are known. Their histories take longer. */
const LARGE: Size = { runners: 60, integrations: 190 };
const SEEDS_OF_LARGE = 25;

type Plan = 'parallel' | 'plain';

/** All rows by their keys. */
function rowsOf({ runners, integrations }: Pick<InventoryData, 'runners' | 'integrations'>) {
  return new Map([...runners, ...integrations].map((item) => [keyOf(item), item]));
}

/**
 * Loads several times while the server is edited, then once more.
 *
 * @returns how many rows were dropped
 */
async function checkHistory(seed: number, tokens: Tokens, size?: Size): Promise<number> {
  const server = new EditedServer(seed, tokens, size);
  const random = randomOf(-seed);
  let data: InventoryData = NO_DATA;
  let dropped = 0;
  const load = async (plan: Plan) => {
    server.beginLoad();
    let shown = rowsOf(data);
    const follow = (running: Loader) => {
      const now = rowsOf(running.data);
      for (const [key, item] of shown) {
        const next = now.get(key);
        if (next === undefined) {
          dropped++;
          const isRight = !server.hasAlwaysHad(key) || server.hasHidden(key);
          assert.ok(isRight, `${key} is on the server, but was dropped`);
        } else if (server.hasAlwaysHad(key)) {
          assert.ok(versionOf(next) >= versionOf(item), `${key} went back to an earlier version`);
        }
      }
      shown = now;
    };
    const running: Loader = new Loader(server, data, { ...quiet, onChange: () => follow(running) });
    const { error } = await running.everything(plan);
    assert.equal(error, undefined);
    follow(running);
    ({ data } = running);
    for (const key of shown.keys()) {
      assert.ok(server.hasSent(key), `${key} is shown, but no list had it`);
    }
  };
  for (let loads = 0; loads < 3; loads++) {
    await load(random() < 0.5 ? 'parallel' : 'plain');
  }
  server.isEdited = false;
  await load(random() < 0.5 ? 'parallel' : 'plain');
  assert.deepEqual(
    [...rowsOf(data).values()].map((item) => JSON.stringify(item)).sort(),
    [...rowsOf(server.data).values()].map((item) => JSON.stringify(item)).sort(),
  );
  return dropped;
}

describe('a load while the organization is edited', () => {
  for (const tokens of ['offset', 'stable'] as const) {
    for (let part = 0; part < PARTS; part++) {
      const [first, last] = [part * SEEDS_OF_PART + 1, (part + 1) * SEEDS_OF_PART];
      it(`calls nothing gone that stays, and has all in the end: ${tokens} tokens, seeds ${first} to ${last}`, async () => {
        let dropped = 0;
        for (let seed = first; seed <= last; seed++) {
          dropped += await checkHistory(seed, tokens).catch((error: unknown) => {
            throw new Error(`Seed ${seed}: ${String(error)}`, { cause: error });
          });
        }
        assert.ok(dropped > SEEDS_OF_PART, `only ${dropped} rows were dropped: the histories test nothing`);
      });
    }
  }

  for (const tokens of ['offset', 'stable'] as const) {
    it(`does so too if it begins with known runners: ${tokens} tokens`, async () => {
      let dropped = 0;
      for (let seed = 1; seed <= SEEDS_OF_LARGE; seed++) {
        dropped += await checkHistory(seed, tokens, LARGE).catch((error: unknown) => {
          throw new Error(`Seed ${seed}: ${String(error)}`, { cause: error });
        });
      }
      assert.ok(dropped > SEEDS_OF_LARGE, `only ${dropped} rows were dropped: the histories test nothing`);
    });
  }

  describe('would notice', () => {
    afterEach(() => mock.restoreAll());

    /** Histories with a bug until one of them fails. */
    async function assertNoticed(expected: RegExp): Promise<void> {
      const failures: string[] = [];
      for (let seed = 1; seed <= PARTS * SEEDS_OF_PART && failures.length === 0; seed++) {
        await checkHistory(seed, 'offset').catch((error: unknown) => failures.push(String(error)));
      }
      assert.match(failures.join(), expected);
    }

    it('rows that are dropped without being asked for again', async () => {
      mock.method(IntegrationList.prototype, 'read', () =>
        Promise.resolve({ error: undefined, isOneResponse: true, count: 0 }),
      );
      await assertNoticed(/is on the server, but was dropped/);
    });

    it('rows that stay because only a chunk has had them', async () => {
      const read = Reflect.get(IntegrationList.prototype, 'read');
      mock.method(
        IntegrationList.prototype,
        'read',
        function (this: IntegrationList, runnerIds: readonly string[], options: ReadOptions) {
          return read.call(this, runnerIds, { ...options, isProof: true });
        },
      );
      await assertNoticed(/is shown, but no list had it/);
    });

    it('rows that an earlier answer changes back', async () => {
      const add = Reflect.get(MergedList.prototype, 'add');
      mock.method(
        MergedList.prototype,
        'add',
        function (this: MergedList<object>, items: readonly object[], _: number, isProof: boolean) {
          add.call(this, items, 1, isProof);
        },
      );
      await assertNoticed(/went back to an earlier version/);
    });
  });
});
