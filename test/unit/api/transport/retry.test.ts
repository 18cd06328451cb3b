import assert from 'node:assert/strict';
import { CONNECT_CODES } from '../../../../src/api/transport/errorCodes.ts';
import { OnaApiError, type OnaApiProblem } from '../../../../src/api/transport/errors.ts';
import { planRetry } from '../../../../src/api/transport/planRetry.ts';
import type { Retry } from '../../../../src/api/transport/retry.ts';
import { retryInfo } from '../../../sandbox/errorDetails.ts';
import type { Fault } from '../../../sandbox/fault.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, quiet } from '../testClient.ts';

/** Each wait against its value before jitter. */
function assertGrowing(waits: readonly number[]): void {
  waits.forEach((wait, n) => {
    const middle = 500 * 2 ** n;
    assert.ok(wait >= 0.75 * middle && wait <= 1.25 * middle, `wait ${n} is ${wait} ms`);
  });
}

describe('a call that fails', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  /**
   * A client, and the retry messages its user would see.
   *
   * @param onTry called with the number of each attempt as it starts; returns its timeout, if not long
   */
  function watched(onTry: (attempt: number) => number | undefined = () => undefined) {
    const told: (Retry | undefined)[] = [];
    let tries = 0;
    const { client, clock } = clientOf(sandbox, { timeoutMs: () => onTry(++tries) ?? 60_000 });
    let sent = 0;
    const options = {
      ...quiet,
      onRetry: (retry: Retry | undefined) => told.push(retry),
      onSend: () => {
        assert.equal(++sent, tries + 1, 'told before each attempt');
      },
    };
    const identify = () => client.getAuthenticatedIdentity(options);
    return { identify, clock, told, tries: () => tries };
  }

  const html = { kind: 'http', contentType: 'text/html', body: '<h1>Bad Gateway</h1>' } as const;
  const transient: [name: string, fault: Fault, problem: OnaApiProblem][] = [
    ['unavailable', { kind: 'connect', code: 'unavailable', message: '' }, 'unavailable'],
    ['deadline_exceeded', { kind: 'connect', code: 'deadline_exceeded', message: '' }, 'unavailable'],
    ['502 without JSON', { ...html, status: 502 }, 'intermediary'],
    ['503 without JSON', { ...html, status: 503 }, 'intermediary'],
    ['504 without JSON', { ...html, status: 504 }, 'intermediary'],
    ['a reset connection', { kind: 'reset' }, 'connectionLost'],
    ['a time-out', { kind: 'hang' }, 'timeout'],
  ];
  for (const [name, fault, problem] of transient) {
    // Requests may not arrive within this time: attempts are counted when they start.
    const timeoutMs = fault.kind === 'hang' ? 20 : undefined;

    describe(`for ${name}`, () => {
      it('is tried again until it succeeds', async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', fault);
        const { identify, clock, told, tries } = watched((attempt) => {
          if (attempt < 3) {
            return timeoutMs;
          }
          sandbox.faults.clear();
          return undefined;
        });
        assert.equal((await identify()).organizationId, sandbox.organization.profile.id);
        assert.equal(tries(), 3);
        assert.equal(clock.waits.length, 2);
        assertGrowing(clock.waits);
        assert.deepEqual(
          told.map((retry) => retry && [retry.error.problem, retry.waitMs, retry.askedFor]),
          [...clock.waits.map((wait) => [problem, wait, false]), undefined],
        );
      });

      it('is tried again five times at most', async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', fault);
        const { identify, clock, told, tries } = watched(() => timeoutMs);
        assert.equal((await failureOf(identify())).problem, problem);
        assert.equal(tries(), 6);
        if (fault.kind !== 'hang') {
          assert.equal(sandbox.requests.length, 6);
        }
        assert.equal(clock.waits.length, 5);
        assertGrowing(clock.waits);
        assert.deepEqual(
          told.map((retry) => retry?.error.problem),
          Array(5).fill(problem),
        );
      });
    });
  }

  it('ends with the error of its last try', async () => {
    const denied = { kind: 'connect', code: 'permission_denied', message: 'last' } as const;
    const { identify, told } = watched((attempt) => {
      sandbox.faults.set('GetAuthenticatedIdentity', attempt > 1 ? denied : { kind: 'reset' });
      return undefined;
    });
    const failure = await failureOf(identify());
    assert.deepEqual([failure.problem, failure.detail], ['noPermission', 'last']);
    assert.deepEqual(
      told.map((retry) => retry?.error.problem),
      ['connectionLost'],
    );
  });

  it('tells nobody of retries where there were none', async () => {
    const { identify, told } = watched();
    await identify();
    assert.deepEqual(told, []);
  });

  describe('is not tried again', () => {
    const final: [name: string, fault: Fault][] = [
      ...CONNECT_CODES.filter((code) => code !== 'unavailable' && code !== 'deadline_exceeded').map(
        (code): [string, Fault] => [`for ${code}`, { kind: 'connect', code, message: '' }],
      ),
      ...[400, 401, 403, 404, 405, 407, 408, 429, 451, 500, 511].map((status): [string, Fault] => [
        `for ${status} without JSON`,
        { ...html, status },
      ]),
      ['for a page', { ...html, status: 200 }],
      ['for an answer of another shape', { kind: 'raw', body: '{"subject":7}' }],
      [
        'for invalid_argument with a time to try again',
        { kind: 'connect', code: 'invalid_argument', message: '', details: [retryInfo(1000)] },
      ],
    ];
    for (const [name, fault] of final) {
      it(name, async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', fault);
        const { identify, clock, told } = watched();
        await failureOf(identify());
        assert.equal(sandbox.requests.length, 1);
        assert.deepEqual([clock.waits, told], [[], []]);
      });
    }

    for (const [name, apiUrl, problem] of [
      ['where the host is not found', 'https://nonexistent.invalid/api', 'hostNotFound'],
      ['where the connection is refused', 'http://127.0.0.1:1/api', 'connectionRefused'],
    ] as const) {
      it(name, async () => {
        const { client, clock, lines } = clientOf(sandbox, { apiUrl });
        assert.equal((await failureOf(client.getAuthenticatedIdentity(quiet))).problem, problem);
        assert.equal(lines.length, 1);
        assert.deepEqual(clock.waits, []);
      });
    }

    const asked: Fault = {
      kind: 'connect',
      code: 'resource_exhausted',
      message: '',
      details: [retryInfo(1000)],
    };
    for (const [name, fault] of [...transient, ['a limit', asked] as const]) {
      it(`where it might have effects: for ${name}`, async () => {
        sandbox.faults.set('GetAuthenticatedUser', fault);
        let tries = 0;
        const timeoutMs = () => (++tries > 0 && fault.kind === 'hang' ? 20 : 60_000);
        const { client, clock } = clientOf(sandbox, { timeoutMs });
        await failureOf(client.getAuthenticatedUser(quiet));
        assert.equal(tries, 1);
        assert.deepEqual(clock.waits, []);
      });
    }
  });

  describe('on a connection that was used before', () => {
    it('is tried once more at once, without a word', async () => {
      const { identify, clock, told } = watched();
      await identify();
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'resetReused' });
      await identify();
      assert.equal(sandbox.requests.length, 3);
      assert.deepEqual([clock.waits, told], [[], []]);
    });

    it('is tried once more at once though all it carried was an error', async () => {
      const { identify, clock } = watched();
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'connect', code: 'internal', message: '' });
      await failureOf(identify());
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'resetReused' });
      await identify();
      assert.deepEqual(clock.waits, []);
    });

    it('is tried again like any other where that fails too', async () => {
      const { identify, clock, told } = watched();
      await identify();
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'reset', times: 2 });
      await identify();
      assert.equal(sandbox.requests.length, 4);
      assert.equal(clock.waits.length, 1);
      assertGrowing(clock.waits);
      assert.deepEqual(
        told.map((retry) => retry?.error.problem),
        ['connectionLost', undefined],
      );
    });

    it('is not tried again at once a second time', async () => {
      const { identify, clock } = watched();
      await identify();
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'reset' });
      assert.equal((await failureOf(identify())).problem, 'connectionLost');
      assert.equal(sandbox.requests.length, 1 + 2 + 5);
      assert.equal(clock.waits.length, 5);
    });

    it('is not tried again where it might have effects', async () => {
      const { client } = clientOf(sandbox);
      await client.getAuthenticatedUser(quiet);
      sandbox.faults.set('GetAuthenticatedUser', { kind: 'resetReused' });
      assert.equal((await failureOf(client.getAuthenticatedUser(quiet))).problem, 'connectionLost');
      assert.equal(sandbox.requests.length, 2);
    });
  });

  it('waits for different times each, so that clients do not come back as one', () => {
    const error = new OnaApiError({ problem: 'connectionLost', code: 'unavailable', method: 'X', host: 'x' });
    const waits = Array.from({ length: 200 }, () => planRetry(error, 0)?.waitMs ?? 0);
    assert.ok(Math.min(...waits) >= 375 && Math.max(...waits) <= 625);
    assert.ok(Math.min(...waits) < 425 && Math.max(...waits) > 575, 'spread over the whole range');
  });

  it('waits 8 s at most, like the loads during an outage', () => {
    const error = new OnaApiError({ problem: 'connectionLost', code: 'unavailable', method: 'X', host: 'x' });
    const waits = Array.from({ length: 200 }, () => planRetry(error, 4)?.waitMs ?? 0);
    assert.ok(Math.min(...waits) < 7_000 && Math.max(...waits) <= 8_000, `${Math.max(...waits)} ms`);
  });
});
