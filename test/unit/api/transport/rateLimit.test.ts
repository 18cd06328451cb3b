import assert from 'node:assert/strict';
import type { Retry } from '../../../../src/api/transport/retry.ts';
import { actionableError, type ErrorDetail, retryInfo } from '../../../sandbox/errorDetails.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { RequestGate } from '../../../../src/api/transport/requestGate.ts';
import { clientOf, failureOf, HeldClock, quiet } from '../testClient.ts';

/** `RetryInfo` of these bytes. */
const rawRetryInfo = (...bytes: number[]): ErrorDetail => ({
  type: 'google.rpc.RetryInfo',
  value: Buffer.from(bytes).toString('base64'),
});

interface Hints {
  readonly details?: ErrorDetail[];
  readonly headers?: Record<string, string>;
}

const header = (value: string): Hints => ({ headers: { 'RateLimit-RetryAfter': value } });

describe('a call that meets a limit', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const limit = (hints: Hints) =>
    ({ kind: 'connect', code: 'resource_exhausted', message: 'slow down', ...hints }) as const;

  function identify() {
    const told: (Retry | undefined)[] = [];
    const { client, clock } = clientOf(sandbox);
    const call = client.getAuthenticatedIdentity({ ...quiet, onRetry: (retry) => told.push(retry) });
    return { call, waits: clock.waits, told };
  }

  describe('waits as long as the API asks for', () => {
    const cases: [name: string, hints: Hints, waitMs: number][] = [
      ['RetryInfo of 2 s', { details: [retryInfo(2000)] }, 2000],
      ['RetryInfo of 1.5 s', { details: [retryInfo(1500)] }, 1500],
      ['RetryInfo of 250 ms', { details: [retryInfo(250)] }, 250],
      [
        'RetryInfo beside other details',
        {
          details: [
            { type: 'x.Other', value: 'AQID' },
            actionableError({ userMessage: 'x' }),
            retryInfo(2000),
          ],
        },
        2000,
      ],
      [
        'RetryInfo with fields that are not known',
        // Field 15 as a varint and as four bytes, then the delay.
        { details: [rawRetryInfo(0x78, 0x01, 0x7d, 0x0a, 0x02, 0x08, 0x03, 0x0a, 0x02, 0x08, 0x02)] },
        2000,
      ],
      ['the header', header('3'), 3000],
      ['the header in another spelling', { headers: { 'ratelimit-RETRYAFTER': '3' } }, 3000],
      ['RetryInfo and not for the header', { details: [retryInfo(2000)], ...header('3') }, 2000],
      ['the header where RetryInfo is absent', { details: [actionableError({})], ...header('3') }, 3000],
      ['30 s at most: RetryInfo of 120 s', { details: [retryInfo(120_000)] }, 30_000],
      ['30 s at most: the header', header('3600'), 30_000],
      ['30 s at most: the header of any size', header('99999999999'), 30_000],
    ];
    for (const [name, hints, waitMs] of cases) {
      it(`by ${name}`, async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', { ...limit(hints), times: 1 });
        const { call, waits, told } = identify();
        await call;
        assert.equal(sandbox.requests.length, 2);
        assert.deepEqual(waits, [waitMs]);
        assert.deepEqual(
          told.map((retry) => retry && [retry.error.problem, retry.waitMs, retry.askedFor]),
          [['limit', waitMs, true], undefined],
        );
      });
    }

    const date = 'Fri, 27 Nov 2026 12:00:00 GMT';
    const standard: [name: string, status: number, headers: Record<string, string>, waits: number[]][] = [
      ['the header of the API', 429, { 'RateLimit-RetryAfter': '3' }, [3000]],
      ['Retry-After in seconds', 503, { 'Retry-After': '20' }, [20_000]],
      ['Retry-After in seconds, with 429', 429, { 'Retry-After': '20' }, [20_000]],
      ['30 s at most: Retry-After', 503, { 'Retry-After': '3600' }, [30_000]],
      [
        // The server's clock counts: the one of this machine may differ.
        'Retry-After as a date',
        503,
        { 'Retry-After': 'Fri, 27 Nov 2026 12:00:07 GMT', Date: date },
        [7000],
      ],
      // Every recipient has to accept both obsolete formats of RFC 9110.
      [
        'Retry-After of RFC 850',
        503,
        { 'Retry-After': 'Friday, 27-Nov-26 12:00:07 GMT', Date: date },
        [7000],
      ],
      ['Retry-After of asctime', 503, { 'Retry-After': 'Fri Nov 27 12:00:07 2026', Date: date }, [7000]],
      [
        'Retry-After of asctime, on a day of one digit',
        503,
        { 'Retry-After': 'Sun Nov  1 00:00:09 2026', Date: 'Sun, 01 Nov 2026 00:00:00 GMT' },
        [9000],
      ],
      ['30 s at most: Retry-After of any size', 503, { 'Retry-After': '9'.repeat(400) }, [30_000]],
      ['Retry-After beside an empty limit', 503, { 'Retry-After': '5', 'RateLimit-RetryAfter': '0' }, [5000]],
    ];
    for (const [name, status, headers, expected] of standard) {
      it(`from something in front of the API, by ${name}`, async () => {
        const page = { kind: 'http', status, body: '<h1>Busy</h1>', headers } as const;
        sandbox.faults.set('GetAuthenticatedIdentity', { ...page, times: 1 });
        const { call, waits } = identify();
        await call;
        assert.deepEqual(waits, expected);
      });
    }

    it('by Retry-After of the API itself', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', {
        ...limit({ headers: { 'Retry-After': '3' } }),
        times: 1,
      });
      const { call, waits } = identify();
      await call;
      assert.deepEqual(waits, [3000]);
    });

    it('once for all calls that a load balancer turns away', async () => {
      const page = { kind: 'http', status: 503, body: '', headers: { 'Retry-After': '20' } } as const;
      sandbox.faults.set('GetAuthenticatedIdentity', { ...page, times: 7 });
      const clock = new HeldClock();
      const { client } = clientOf(sandbox, { gate: new RequestGate(clock) });
      const calls = Array.from({ length: 12 }, () => client.getAuthenticatedIdentity(quiet));
      // The seven that were turned away wait, and the five behind them wait at the gate.
      await clock.sleeping(12);
      assert.equal(sandbox.requests.length, 7);
      clock.advance(20_000);
      await Promise.all(calls);
      assert.equal(sandbox.requests.length, 19);
    });

    for (const [name, headers] of [
      ['a date without a time zone', { 'Retry-After': 'Fri, 27 Nov 2026 12:00:07', Date: date }],
      ['a date that has passed', { 'Retry-After': 'Fri, 27 Nov 2026 11:00:00 GMT', Date: date }],
      ['a word', { 'Retry-After': 'soon' }],
      ['a negative number', { 'Retry-After': '-3' }],
    ] as const) {
      it(`not by Retry-After that is ${name}`, async () => {
        const page = { kind: 'http', status: 503, body: '', headers } as const;
        sandbox.faults.set('GetAuthenticatedIdentity', { ...page, times: 1 });
        const { call, told } = identify();
        await call;
        assert.deepEqual(
          told.map((retry) => retry?.askedFor),
          [false, undefined],
        );
      });
    }

    it('for another reason: unavailable', async () => {
      const fault = { ...limit({ details: [retryInfo(7000)] }), code: 'unavailable', times: 1 } as const;
      sandbox.faults.set('GetAuthenticatedIdentity', fault);
      const { call, waits } = identify();
      await call;
      assert.deepEqual(waits, [7000]);
    });
  });

  it('gives up after five retries', async () => {
    sandbox.faults.set('GetAuthenticatedIdentity', limit({ details: [retryInfo(120_000)] }));
    const { call, waits, told } = identify();
    const failure = await failureOf(call);
    assert.deepEqual([failure.problem, failure.httpStatus, failure.retryAfterMs], ['limit', 429, 120_000]);
    assert.equal(sandbox.requests.length, 6);
    assert.deepEqual(waits, Array(5).fill(30_000));
    assert.equal(told.length, 5);
  });

  describe('is not tried again', () => {
    const cases: [name: string, hints: Hints][] = [
      ['without a time: a quota', {}],
      ['for RetryInfo of 0', { details: [retryInfo(0)] }],
      ['for RetryInfo of 0, whatever the header', { details: [retryInfo(0)], ...header('3') }],
      ['for negative RetryInfo, whatever the header', { details: [retryInfo(-2000)], ...header('3') }],
      ['for empty RetryInfo, whatever the header', { details: [rawRetryInfo()], ...header('3') }],
      [
        'for RetryInfo that is cut off, whatever the header',
        { details: [rawRetryInfo(0x0a, 0x05, 0x08)], ...header('3') },
      ],
      [
        'for RetryInfo whose delay is no message, whatever the header',
        { details: [rawRetryInfo(0x08, 0x02)], ...header('3') },
      ],
      [
        'for RetryInfo that is no protobuf, whatever the header',
        { details: [rawRetryInfo(0xff, 0xff, 0xff)], ...header('3') },
      ],
      ...[
        '0',
        '-3',
        '+3',
        '1.5',
        '3s',
        'soon',
        '',
        '1e3',
        '0x10',
        '3, 3',
        'Wed, 21 Oct 2026 07:28:00 GMT',
      ].map((value): [string, Hints] => [`for the header "${value}"`, header(value)]),
    ];
    for (const [name, hints] of cases) {
      it(name, async () => {
        sandbox.faults.set('GetAuthenticatedIdentity', limit(hints));
        const { call, waits, told } = identify();
        const failure = await failureOf(call);
        assert.deepEqual([failure.problem, failure.retryAfterMs], ['limit', undefined]);
        assert.equal(sandbox.requests.length, 1);
        assert.deepEqual([waits, told], [[], []]);
      });
    }
  });
});
