import assert from 'node:assert/strict';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import { accessPlan } from '../../../src/checks/accessPlan.ts';
import { runChecks } from '../../../src/checks/runChecks.ts';
import { CheckWorld, integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

/** Many calls: three hosts on each runner. */
const HOSTS = ['1.example', '2.example', '3.example'];
const RUNNERS = ['a', 'b', 'c', 'd'];

const TIMEOUT = {
  problem: 'timeout',
  code: 'deadline_exceeded',
  method: 'CheckAuthenticationForHost',
  host: 'api.example',
} as const;

describe('a run of many checks', () => {
  let world: CheckWorld;

  beforeEach(async () => {
    world = await CheckWorld.open(
      organizationOf(
        RUNNERS.map((name) => liveRunner(name)),
        RUNNERS.flatMap((name) => HOSTS.map((host) => integrationJson(name, host))),
      ),
    );
  });

  afterEach(() => world.close());

  const idOf = (name: string) => world.target('1.example', name).runner.ref.runnerId;
  const answered = () => world.targets.filter((target) => world.accessOf(target).lastAnswer).length;
  const running = () => world.targets.filter((target) => world.accessOf(target).running).length;

  it('asks about everything, and says how far it is', async () => {
    const progress: string[] = [];
    const { answered: all, ...rest } = await world.check(world.targets, {
      onProgress: (done, of) => progress.push(`${done}/${of}`),
    });
    assert.equal(all.length, 12);
    assert.deepEqual(rest, { failed: [], skipped: [], unasked: [], stoppedBy: undefined });
    assert.deepEqual(
      progress,
      Array.from({ length: 13 }, (_, done) => `${done}/12`),
    );
    assert.equal(answered(), 12);
  });

  it('has no more than four calls in flight, even beside another run and a single check', async () => {
    world.sandbox.latencyMs = 30;
    const [first = assert.fail()] = world.targets;
    await Promise.all([world.check(), world.check(), world.validate(first)]);
    const inFlight = world.sandbox.requests.map((request) => request.inFlight);
    assert.equal(inFlight.length, 25);
    assert.equal(Math.max(...inFlight), 4);
  });

  it('keeps the answers so far if it is canceled, and leaves nothing running', async () => {
    const abort = new AbortController();
    const { answered: all, unasked } = await world.check(world.targets, {
      signal: abort.signal,
      onProgress: (done) => done === 3 && abort.abort(),
    });
    assert.equal(all.length + unasked.length, 12);
    // The answers of the four calls in flight may have arrived.
    assert.ok(all.length >= 3 && all.length <= 7, `${all.length} answers`);
    assert.equal(answered(), all.length);
    assert.deepEqual([running(), world.store.running], [0, 0]);
    assert.ok(world.targets.every((target) => world.accessOf(target).lastFailure === undefined));
    const asked = world.sandbox.requests.length;
    assert.ok(asked <= 7, `${asked} calls`);
  });

  it('ends at once if it is canceled while runners do not answer', async () => {
    world.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang' });
    const abort = new AbortController();
    const run = world.check(world.targets, { signal: abort.signal });
    await world.arrived(4);
    abort.abort();
    const { unasked } = await run;
    assert.equal(unasked.length, 12);
    assert.deepEqual([running(), world.store.running, world.sandbox.requests.length], [0, 0, 4]);
  });

  it('asks nothing if it is canceled before', async () => {
    const { unasked } = await world.check(world.targets, { signal: AbortSignal.abort() });
    assert.deepEqual([unasked.length, world.sandbox.requests.length], [12, 0]);
  });

  it('does not ask a runner again that has not answered two calls in time, but all others', async () => {
    // With a server, which of the calls in flight ends first would be a matter of luck.
    const timeout = { kind: 'timeout', error: new OnaApiError(TIMEOUT) } as const;
    const { calls } = accessPlan(world.targets);
    const asked: string[] = [];
    const {
      answered: all,
      failed,
      skipped,
    } = await runChecks(
      calls,
      ({ runner: { runner } }) => {
        asked.push(runner?.name ?? '');
        return Promise.resolve(
          runner?.name === 'b' ? { kind: 'failure', failure: timeout } : { kind: 'answer', answer: true },
        );
      },
      { signal: new AbortController().signal, ended: new AbortController().signal },
    );
    assert.equal(all.length, 9);
    assert.deepEqual(
      failed.map(({ call, failure }) => [call.runner.runner?.name, failure.kind]),
      [
        ['b', 'timeout'],
        ['b', 'timeout'],
      ],
    );
    assert.deepEqual(
      skipped.map(({ runner }) => runner.runner?.name),
      ['b'],
    );
    assert.equal(asked.length, 11);
    // It is asked in the next run.
    assert.equal((await world.check()).answered.length, 12);
  });

  it('goes on after other failures', async () => {
    world.sandbox.faults.set('CheckAuthenticationForHost', {
      kind: 'connect',
      code: 'unavailable',
      message: 'runner restarts',
      runnerIds: [idOf('b')],
    });
    const { answered: all, failed, skipped } = await world.check();
    assert.deepEqual([all.length, failed.length, skipped.length], [9, 3, 0]);
  });

  it('stops once the API does not accept the key, and keeps the answers so far', async () => {
    const {
      answered: all,
      unasked,
      failed,
      stoppedBy,
    } = await world.check(world.targets, {
      onProgress: (done) => {
        if (done === 2) {
          world.sandbox.faults.set('CheckAuthenticationForHost', {
            kind: 'connect',
            code: 'unauthenticated',
            message: 'expired',
          });
        }
      },
    });
    assert.deepEqual([stoppedBy?.code, failed.length], ['unauthenticated', 0]);
    assert.ok(all.length >= 2 && unasked.length > 0);
    assert.equal(all.length + unasked.length, 12);
    assert.equal(answered(), all.length);
    assert.equal(running(), 0);
    const asked = world.sandbox.requests.length;
    assert.ok(asked < 12, `${asked} calls`);
    // What was not answered has not failed either.
    assert.ok(world.targets.every((target) => world.accessOf(target).lastFailure === undefined));
  });

  it('stops once the session has another key, and sends nothing with it', async () => {
    const others = await CheckWorld.open(world.sandbox.organization);
    try {
      const { answered: all, unasked } = await world.check(world.targets, {
        onProgress: (done) => done === 2 && world.become(others.connect()),
      });
      assert.equal(all.length + unasked.length, 12);
      assert.ok(unasked.length >= 6, `${unasked.length} unasked`);
      assert.equal(others.sandbox.requests.length, 0);
      assert.deepEqual([answered(), running(), world.store.running], [0, 0, 0]);
      // Nor if somebody has signed in with it while a confirmation was open.
      const { ended } = world.store;
      world.become(others.connect());
      assert.equal((await world.check(world.targets, { ended })).unasked.length, 12);
      assert.equal(others.sandbox.requests.length, 0);
    } finally {
      await others.close();
    }
  });

  it('leaves nothing running after a bug', async () => {
    const { calls } = accessPlan(world.targets);
    let asked = 0;
    const stopped: Promise<void>[] = [];
    const check = (_: unknown, signal: AbortSignal) => {
      if (++asked === 3) {
        return Promise.reject(new TypeError('a bug'));
      }
      stopped.push(new Promise((resolve) => signal.addEventListener('abort', () => resolve())));
      return new Promise<never>(() => undefined);
    };
    const { signal } = new AbortController();
    await assert.rejects(runChecks(calls, check, { signal, ended: signal }), /a bug/);
    await Promise.all(stopped);
    assert.equal(asked, 4);
  });

  it('has nothing to do without calls', async () => {
    const progress: number[] = [];
    const outcome = await world.check([], { onProgress: (_, of) => progress.push(of) });
    assert.deepEqual([outcome.answered, progress], [[], [0]]);
  });
});
