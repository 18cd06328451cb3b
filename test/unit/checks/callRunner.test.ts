import assert from 'node:assert/strict';
import type { CheckFailure } from '../../../src/checks/checkState.ts';
import type { Fault } from '../../sandbox/fault.ts';
import { retryInfo } from '../../sandbox/errorDetails.ts';
import { CheckWorld, integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

const METHODS = ['CheckAuthenticationForHost', 'ValidateRunnerConfiguration'] as const;
type Method = (typeof METHODS)[number];

const html = { kind: 'http', contentType: 'text/html', body: '<h1>Oops</h1>' } as const;

function connect(code: Extract<Fault, { kind: 'connect' }>['code'], message = ''): Fault {
  return { kind: 'connect', code, message };
}

/** After each of these, nobody knows whether the runner was asked. */
const LOST: Record<string, Fault> = {
  'a reset connection': { kind: 'reset' },
  'an idle connection that was just closed': { kind: 'resetReused' },
  'no answer in time': { kind: 'hang' },
  'an answer that breaks off': { kind: 'raw', body: '{"authenticated":' },
  'a gateway that cannot reach the API': { ...html, status: 502 },
  'a load balancer without servers': { ...html, status: 503 },
  'a load balancer that says when to retry': { ...html, status: 503, headers: { 'retry-after': '1' } },
  'a gateway that has waited in vain': { ...html, status: 504 },
  deadline_exceeded: connect('deadline_exceeded'),
  unavailable: connect('unavailable'),
  internal: connect('internal'),
  unknown: connect('unknown'),
  aborted: connect('aborted'),
  data_loss: connect('data_loss'),
  canceled: connect('canceled'),
};

/** What the API's refusals mean. */
const FAILURES: [name: string, fault: Fault, failure: CheckFailure['kind']][] = [
  ['an inactive runner', connect('failed_precondition', 'runner is not active'), 'notActive'],
  ['a precondition without a word', connect('failed_precondition'), 'notActive'],
  ['another precondition', connect('failed_precondition', 'feature gate'), 'failed'],
  ['an old runner', connect('unimplemented', 'unknown method'), 'unsupported'],
  ['a page that does not exist', { ...html, status: 404 }, 'failed'],
  ['a read-only key', connect('permission_denied', 'this token is read-only'), 'readOnlyKey'],
  ['another read-only key', connect('permission_denied', 'mutations are not allowed'), 'readOnlyKey'],
  ['a missing permission', connect('permission_denied', 'not a runner admin'), 'noPermission'],
  ['a firewall', { ...html, status: 403 }, 'failed'],
  ['a login page of a proxy', { ...html, status: 401 }, 'failed'],
  ['a runner that does not answer', connect('deadline_exceeded'), 'timeout'],
  ['an unknown host', connect('not_found', 'no integration'), 'failed'],
  ['an invalid argument', connect('invalid_argument', 'host'), 'failed'],
  ['an answer of another shape', { kind: 'raw', body: '{"authenticated":7,"scmIntegration":7}' }, 'failed'],
];

describe('a call to a runner', () => {
  let world: CheckWorld;

  beforeEach(async () => {
    world = await CheckWorld.open(organizationOf([liveRunner('a')], [integrationJson('a', 'github.com')]));
  });

  afterEach(() => world.close());

  async function call(method: Method): Promise<void> {
    const target = world.target('github.com');
    await (method === 'CheckAuthenticationForHost' ? world.check([target]) : world.validate(target));
  }

  function stateOf(method: Method) {
    const { access, validation } = world.store.checksOf(world.target('github.com').entry);
    return method === 'CheckAuthenticationForHost' ? access : validation;
  }

  const sent = (method: Method) =>
    world.sandbox.requests.filter((request) => request.method === method).length;

  for (const method of METHODS) {
    describe(method, () => {
      for (const [name, fault] of Object.entries(LOST)) {
        it(`is not sent twice after ${name}`, async () => {
          // On a connection that has been used, as most are.
          await call(method);
          const { lastAnswer } = stateOf(method);
          world.sandbox.faults.set(method, fault);
          const isHanging = fault.kind === 'hang';
          if (isHanging) {
            world.become(world.connect({ timeoutMs: () => 100 }));
          }
          await call(method);
          // One that is given up may not even have arrived.
          assert.ok(isHanging ? sent(method) <= 2 : sent(method) === 2, `${sent(method)} calls`);
          const state = stateOf(method);
          assert.ok(state.lastFailure);
          assert.deepEqual(state.lastAnswer, isHanging ? undefined : lastAnswer);
        });
      }

      it('is not sent twice if the connection is cut while it is in flight', async () => {
        world.sandbox.faults.set(method, { kind: 'slow', ms: 60_000 });
        const called = call(method);
        await world.arrived(1);
        await world.sandbox.close();
        await called;
        assert.equal(sent(method), 1);
        assert.equal(stateOf(method).lastFailure?.error.kind, 'failed');
      });

      it('is sent again after a limit that names its time, because then nothing was done', async () => {
        world.sandbox.faults.set(method, {
          kind: 'connect',
          code: 'resource_exhausted',
          message: 'slow down',
          details: [retryInfo(2_000)],
          times: 2,
        });
        await call(method);
        assert.equal(sent(method), 3);
        assert.ok(stateOf(method).lastAnswer);
        assert.equal(stateOf(method).lastFailure, undefined);
      });

      it('is not sent again endlessly, nor after a limit that names no time', async () => {
        const limit = { kind: 'connect', code: 'resource_exhausted', message: 'quota' } as const;
        world.sandbox.faults.set(method, { ...limit, details: [retryInfo(2_000)] });
        await call(method);
        assert.equal(sent(method), 4);
        assert.equal(stateOf(method).lastFailure?.error.kind, 'failed');
        world.sandbox.resetRecords();
        world.become();
        world.sandbox.faults.set(method, limit);
        await call(method);
        assert.equal(sent(method), 1);
        assert.equal(stateOf(method).lastFailure?.error.kind, 'failed');
      });

      for (const [name, fault, kind] of FAILURES) {
        it(`fails in its own way with ${name}`, async () => {
          world.sandbox.faults.set(method, fault);
          await call(method);
          assert.equal(stateOf(method).lastFailure?.error.kind, kind);
          assert.equal(stateOf(method).lastAnswer, undefined);
          assert.equal(sent(method), 1);
        });
      }

      it('fails with the time-out of the settings', async () => {
        world.sandbox.faults.set(method, { kind: 'hang' });
        world.become(world.connect({ timeoutMs: () => 20 }));
        await call(method);
        const error = stateOf(method).lastFailure?.error;
        assert.equal(error?.kind, 'timeout');
      });
    });
  }

  it('can end without a result', async () => {
    const { runnerId } = world.target('github.com').entry.integration;
    world.sandbox.organization.validations = [{ runnerId, host: 'github.com', answers: [null] }];
    await call('ValidateRunnerConfiguration');
    assert.equal(stateOf('ValidateRunnerConfiguration').lastFailure?.error.kind, 'noResult');
  });

  it('fails if the runner has gone offline since the last refresh', async () => {
    const target = world.target('github.com');
    Object.assign(world.sandbox.organization.runners[0] ?? {}, {
      status: { phase: 'RUNNER_PHASE_INACTIVE' },
    });
    await world.check([target]);
    assert.equal(world.accessOf(target).lastFailure?.error.kind, 'notActive');
  });

  it('ends without a failure if the API does not accept the key', async () => {
    world.sandbox.keys.clear();
    const target = world.target('github.com');
    const outcome = await world.validate(target);
    assert.equal(outcome.kind, 'keyRefused');
    assert.deepEqual(world.validationOf(target), {});
  });
});
