import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { OnaApiError } from '../../../../src/api/transport/errors.ts';
import type { Retry } from '../../../../src/api/transport/retry.ts';
import { MAX_IN_FLIGHT } from '../../../../src/api/transport/limits.ts';
import { RequestGate, RequestGates } from '../../../../src/api/transport/requestGate.ts';
import { retryInfo } from '../../../sandbox/errorDetails.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, failureOf, HeldClock, itemsOf, quiet } from '../testClient.ts';

describe('requests to one origin', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const asked = () => sandbox.requests.map(({ method }) => method);

  /** A pause of two seconds, once. */
  function limitOnce() {
    sandbox.faults.set('GetAuthenticatedIdentity', {
      kind: 'connect',
      code: 'resource_exhausted',
      message: '',
      details: [retryInfo(2000)],
      times: 1,
    });
  }

  /** Two clients that share their origin's limits. */
  function pair() {
    const clock = new HeldClock();
    const gate = new RequestGate(clock);
    return { clock, one: clientOf(sandbox, { gate }).client, other: clientOf(sandbox, { gate }).client };
  }

  describe('are never more than eight at once', () => {
    it('from one client or several', async () => {
      sandbox.latencyMs = 5;
      const { one, other } = pair();
      const calls = Array.from({ length: 25 }, () => [
        one.getAuthenticatedIdentity(quiet),
        itemsOf(other.listRunners(quiet)),
      ]);
      await Promise.all(calls.flat());
      assert.equal(sandbox.requests.length, 50);
      assert.ok(Math.max(...sandbox.requests.map(({ inFlight }) => inFlight)) <= 8);
    });

    it('and seven where there is so much to load', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'hang' });
      const { one, other } = pair();
      const abort = new AbortController();
      setMaxListeners(0, abort.signal);
      const failures = Array.from({ length: 12 }, (_, i) =>
        failureOf((i % 2 === 0 ? one : other).getAuthenticatedIdentity(abort)),
      );
      const hanging = () => asked().filter((method) => method === 'GetAuthenticatedIdentity').length;
      // A separate client does not wait: each answer shows that time has passed.
      const { client: elsewhere } = clientOf(sandbox);
      while (hanging() < 7) {
        await itemsOf(elsewhere.listRunners(quiet));
      }
      await itemsOf(elsewhere.listRunners(quiet));
      assert.equal(hanging(), 7);
      abort.abort();
      await Promise.all(failures);
      assert.equal(hanging(), 7);
    });

    it('and one that is aborted while it waits its turn sends nothing', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'hang' });
      const { one } = pair();
      const [ahead, queued] = [new AbortController(), new AbortController()];
      const failures = Array.from({ length: MAX_IN_FLIGHT }, () =>
        failureOf(one.getAuthenticatedIdentity(ahead)),
      );
      const failure = failureOf(one.getAuthenticatedUser(queued));
      queued.abort();
      ahead.abort();
      await Promise.all(failures);
      assert.equal((await failure).problem, 'canceled');
      await one.getOrganization(sandbox.organization.profile.id, quiet);
      assert.equal(asked().includes('GetAuthenticatedUser'), false);
    });
  });

  describe('all pause where the API asks one to', () => {
    it('until the time has passed', async () => {
      limitOnce();
      const { clock, one, other } = pair();
      const first = one.getAuthenticatedIdentity(quiet);
      await clock.sleeping(1);
      const others = [
        one.getOrganization(sandbox.organization.profile.id, quiet),
        // A call that must not be repeated waits as well: it has not been sent yet.
        other.getAuthenticatedUser(quiet),
      ];
      await clock.sleeping(3);
      clock.advance(1999);
      // A separate client does not wait; at its answer, earlier calls would have arrived too.
      await itemsOf(clientOf(sandbox).client.listRunners(quiet));
      assert.deepEqual(asked(), ['GetAuthenticatedIdentity', 'ListRunners']);
      clock.advance(1);
      await Promise.all([first, ...others]);
      assert.deepEqual(asked().slice(2).sort(), [
        'GetAuthenticatedIdentity',
        'GetAuthenticatedUser',
        'GetOrganization',
      ]);
    });

    it('and are told for how long, and why', async () => {
      limitOnce();
      const { clock, one, other } = pair();
      const first = one.getAuthenticatedIdentity(quiet);
      await clock.sleeping(1);
      clock.advance(500);
      const told: (Retry | undefined)[] = [];
      const second = other.getOrganization(sandbox.organization.profile.id, {
        ...quiet,
        onRetry: (retry) => told.push(retry),
      });
      await clock.sleeping(2);
      clock.advance(10_000);
      await Promise.all([first, second]);
      assert.deepEqual(
        told.map((retry) => retry && [retry.error.problem, retry.waitMs, retry.askedFor]),
        [['limit', 1500, true], undefined],
      );
    });

    it('though the call that was refused is not made again', async () => {
      sandbox.faults.set('GetAuthenticatedUser', {
        kind: 'connect',
        code: 'resource_exhausted',
        message: '',
        headers: { 'RateLimit-RetryAfter': '3' },
      });
      const { clock, one, other } = pair();
      await failureOf(one.getAuthenticatedUser(quiet));
      const next = itemsOf(other.listRunners(quiet));
      await clock.sleeping(1);
      clock.advance(3000);
      await next;
      assert.deepEqual(asked(), ['GetAuthenticatedUser', 'ListRunners']);
    });

    it('for the longest time that was asked for', async () => {
      const clock = new HeldClock();
      const gate = new RequestGate(clock);
      const limit = (retryAfterMs: number) =>
        new OnaApiError({
          problem: 'limit',
          code: 'resource_exhausted',
          method: 'ListRunners',
          host: 'api.example',
          retryAfterMs,
        });
      gate.pauseFor(limit(2000));
      gate.pauseFor(limit(500));
      let ran = false;
      const request = gate.run(() => Promise.resolve((ran = true)), quiet.signal);
      await clock.sleeping(1);
      clock.advance(1999);
      await setImmediate();
      assert.equal(ran, false, 'a shorter pause that came later');
      gate.pauseFor(limit(5000));
      clock.advance(1);
      await clock.sleeping(1);
      assert.equal(ran, false, 'a pause that grew meanwhile');
      clock.advance(4999);
      assert.equal(await request, true);
    });
  });

  describe('that are aborted while they wait', () => {
    for (const [why, fault] of [
      ['for the time that the API asked for', undefined],
      ['before a try of their own', { kind: 'reset' }],
    ] as const) {
      it(`${why} end at once, and nothing is sent any more`, async () => {
        if (fault === undefined) {
          limitOnce();
        } else {
          sandbox.faults.set('GetAuthenticatedIdentity', fault);
        }
        const { clock, one } = pair();
        const abort = new AbortController();
        const failure = failureOf(one.getAuthenticatedIdentity(abort));
        await clock.sleeping(1);
        abort.abort();
        assert.deepEqual(
          [(await failure).problem, (await failure).method],
          ['canceled', 'GetAuthenticatedIdentity'],
        );
        clock.advance(60_000);
        await itemsOf(clientOf(sandbox).client.listRunners(quiet));
        assert.deepEqual(asked(), ['GetAuthenticatedIdentity', 'ListRunners']);
      });
    }

    it('for their turn end at once, while all others go on', async () => {
      sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'hang' });
      const { one } = pair();
      const [ahead, queued] = [new AbortController(), new AbortController()];
      const failures = Array.from({ length: MAX_IN_FLIGHT }, () =>
        failureOf(one.getAuthenticatedIdentity(ahead)),
      );
      const failure = failureOf(one.getAuthenticatedUser(queued));
      queued.abort();
      assert.equal((await failure).problem, 'canceled');
      ahead.abort();
      await Promise.all(failures);
    });

    it('beforehand do not wait for their turn', async () => {
      const gate = new RequestGate(new HeldClock());
      for (let ahead = 0; ahead < MAX_IN_FLIGHT; ahead++) {
        void gate.run(() => new Promise(() => undefined), quiet.signal);
      }
      await assert.rejects(
        gate.run(() => Promise.resolve(), AbortSignal.abort()),
        { name: 'AbortError' },
      );
    });

    it('are not made though their turn has come', async () => {
      const gate = new RequestGate(new HeldClock());
      const request = () => assert.fail('made');
      await assert.rejects(gate.run(request, AbortSignal.abort()), { name: 'AbortError' });
    });

    it('for a time that another was asked for end at once', async () => {
      limitOnce();
      const { clock, one, other } = pair();
      const first = one.getAuthenticatedIdentity(quiet);
      await clock.sleeping(1);
      const abort = new AbortController();
      const failure = failureOf(other.getAuthenticatedUser(abort));
      await clock.sleeping(2);
      abort.abort();
      assert.equal((await failure).problem, 'canceled');
      clock.advance(2000);
      await first;
      assert.equal(asked().includes('GetAuthenticatedUser'), false);
    });
  });

  it('share a gate with every client of that origin, and with no other', async () => {
    const gates = new RequestGates();
    const gate = gates.of(sandbox.url);
    await clientOf(sandbox, { gate }).client.getAuthenticatedIdentity(quiet);
    assert.equal(gates.of(`${new URL(sandbox.url).origin}/other/api`), gate);
    assert.equal(gate.hasAnswered, true);
    assert.equal(gates.of('https://other.example/api').hasAnswered, false);
  });
});
