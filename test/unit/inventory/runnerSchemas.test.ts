import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { RunnerSchema, SchemaProvider } from '../../../src/api/runnerSchema.ts';
import type { OnaApiErrorOptions } from '../../../src/api/transport/errors.ts';
import { deterministicUuid } from '../../sandbox/deterministicUuid.ts';
import { apiError } from './load/memoryClient.ts';
import { SchemaClient, schemasOf } from './schemasOf.ts';

const ONE = deterministicUuid('one');
const TWO = deterministicUuid('two');

function provider(scmId: string, name = ''): SchemaProvider {
  return { scmId, name, defaultHosts: [] };
}

function schema(...providers: SchemaProvider[]): RunnerSchema {
  return { version: '1', providers };
}

describe('the schemas of runners', () => {
  let client: SchemaClient;
  let world: ReturnType<typeof schemasOf>;

  beforeEach(() => {
    client = new SchemaClient();
    world = schemasOf();
    world.become(client)();
  });

  afterEach(() => world.schemas.dispose());

  const answered = async (index: number, outcome: RunnerSchema | Error) => {
    const { resolve, reject } = client.asked[index] ?? assert.fail(`${client.asked.length} requests`);
    if (outcome instanceof Error) {
      reject(outcome);
    } else {
      resolve(outcome);
    }
    await setImmediate();
  };

  const fail = (index: number, options: Partial<OnaApiErrorOptions>) => answered(index, apiError(options));

  const request = async (...runnerIds: string[]) => {
    runnerIds.forEach((runnerId) => world.schemas.request(runnerId));
    await setImmediate();
  };

  it('are not asked for unless somebody wants to know', async () => {
    const { schemas } = world;
    assert.equal(schemas.of(ONE), undefined);
    assert.equal(schemas.failureOf(ONE), undefined);
    assert.equal(schemas.isLoading(ONE), false);
    await setImmediate();
    assert.equal(client.asked.length, 0);
  });

  it('are asked for once', async () => {
    const { schemas, changes } = world;
    await request(ONE, ONE, TWO);
    await request(ONE);
    assert.deepEqual(
      client.asked.map(({ runnerId, options }) => [runnerId, options.isInteractive]),
      [
        [ONE, true],
        [TWO, true],
      ],
    );
    assert.equal(schemas.isLoading(ONE), true);
    assert.equal(changes(), 0);

    const own = schema(provider('github'));
    await answered(0, own);
    assert.equal(schemas.of(ONE), own);
    assert.equal(schemas.isLoading(ONE), false);
    assert.equal(schemas.of(TWO), undefined);
    assert.equal(schemas.isLoading(TWO), true);
    assert.equal(changes(), 1);
    await request(ONE);
    assert.equal(client.asked.length, 2);
  });

  it('are asked for a few at a time', async () => {
    await request(...Array.from({ length: 6 }, (_, i) => deterministicUuid(`runner/${i}`)));
    assert.equal(client.asked.length, 4);
    await answered(0, schema());
    assert.equal(client.asked.length, 5);
  });

  it('are not asked for with an ID that the API would reject, or without a key', async () => {
    await request('managed-runner-1', '');
    world.become(undefined)();
    await request(ONE);
    assert.equal(client.asked.length, 0);
    assert.equal(world.schemas.isLoading(ONE), false);
  });

  for (const [problem, code] of [
    ['refused', 'not_found'],
    ['refused', 'failed_precondition'],
    ['refused', 'unimplemented'],
    ['noPermission', 'permission_denied'],
    ['unexpectedAnswer', 'data_loss'],
  ] as const) {
    it(`are not asked for again after ${code}`, async () => {
      const { schemas, lines, time, changes } = world;
      await request(ONE);
      await fail(0, { problem, code });
      assert.equal(schemas.failureOf(ONE)?.code, code);
      assert.equal(schemas.of(ONE), undefined);
      assert.equal(schemas.isLoading(ONE), false);
      assert.equal(changes(), 1);
      time.now += 3_600_000;
      await request(ONE);
      assert.equal(client.asked.length, 1);
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', new RegExp(`^No configuration schema of runner ${ONE}: .*${code}`));
    });
  }

  for (const problem of ['connectionLost', 'timeout', 'intermediary', 'unavailable', 'limit'] as const) {
    it(`can be asked for again after ${problem}, but not at once`, async () => {
      const { schemas, lines, time } = world;
      // Like a view that asks whenever it is drawn.
      schemas.onDidChange(() => schemas.request(ONE));
      await request(ONE);
      await fail(0, { problem });
      assert.equal(client.asked.length, 1);
      assert.equal(schemas.failureOf(ONE)?.problem, problem);
      time.now += 5_000;
      await request(ONE);
      assert.equal(client.asked.length, 2);
      assert.equal(schemas.isLoading(ONE), true);
      assert.equal(schemas.failureOf(ONE), undefined);
      const own = schema();
      await answered(1, own);
      assert.equal(schemas.of(ONE), own);
      assert.equal(lines.length, 1);
    });
  }

  it('survive a bug in the extension, which is logged without what it quotes', async () => {
    const { schemas, lines } = world;
    await request(ONE);
    await answered(0, new TypeError('planted-secret'));
    assert.equal(schemas.isLoading(ONE), false);
    assert.equal(schemas.failureOf(ONE), undefined);
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0] ?? '', /planted-secret/);
    await request(ONE);
    assert.equal(client.asked.length, 1);
  });

  describe('of an earlier session', () => {
    it('are gone, even before its listeners know', async () => {
      const { schemas, become, changes } = world;
      await request(ONE, TWO);
      await answered(0, schema(provider('forgejo', 'Forgejo')));
      await fail(1, { problem: 'refused', code: 'not_found' });
      const tell = become(new SchemaClient());
      for (const isTold of [false, true]) {
        assert.equal(schemas.of(ONE), undefined);
        assert.equal(schemas.failureOf(TWO), undefined);
        assert.equal(changes(), isTold ? 3 : 2);
        if (!isTold) {
          tell();
        }
      }
    });

    it('are asked for again with the new key', async () => {
      const { schemas, become } = world;
      await request(ONE);
      await answered(0, schema(provider('github')));
      const other = new SchemaClient();
      // A request before its listeners know.
      const tell = become(other);
      await request(ONE);
      tell();
      assert.equal(other.asked.length, 1);
      assert.equal(schemas.isLoading(ONE), true);
      assert.equal(client.asked.length, 1);
    });

    it('are dropped if they arrive late, and no longer waited for', async () => {
      const { schemas, lines, become, changes } = world;
      await request(ONE, TWO);
      become(new SchemaClient())();
      assert.equal(changes(), 1);
      assert.ok(client.asked.every(({ options }) => options.signal.aborted));
      await request(ONE);
      await answered(0, schema(provider('github')));
      await fail(1, { problem: 'canceled', code: 'canceled' });
      assert.equal(schemas.of(ONE), undefined);
      assert.equal(schemas.isLoading(ONE), true);
      assert.equal(schemas.failureOf(TWO), undefined);
      assert.equal(changes(), 1);
      assert.deepEqual(lines, []);
    });

    it('are not asked for if they were still waiting for their turn', async () => {
      await request(...Array.from({ length: 6 }, (_, i) => deterministicUuid(`runner/${i}`)));
      const other = new SchemaClient();
      world.become(other)();
      for (const index of [0, 1, 2, 3]) {
        await fail(index, { problem: 'canceled', code: 'canceled' });
      }
      assert.deepEqual([client.asked.length, other.asked.length], [4, 0]);
    });

    it('stay if only what is known of the account has changed', async () => {
      const { schemas, changes } = world;
      await request(ONE);
      await answered(0, schema());
      world.identify();
      assert.ok(schemas.of(ONE));
      assert.equal(changes(), 1);
    });
  });

  it('end with the window', async () => {
    const { schemas, lines, changes } = world;
    await request(ONE);
    schemas.dispose();
    assert.ok(client.asked[0]?.options.signal.aborted);
    await answered(0, schema());
    assert.equal(schemas.of(ONE), undefined);
    assert.equal(changes(), 0);
    assert.deepEqual(lines, []);
  });
});
