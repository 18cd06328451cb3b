import assert from 'node:assert/strict';
import { account, ONA } from '../account/accounts.ts';
import { apiError } from '../inventory/load/memoryClient.ts';
import { CheckWorld, githubAndGitlab, integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

const HOUR = 3_600_000;

const ACCOUNT = account(ONA, 'acme');

describe('what runners have answered', () => {
  let world: CheckWorld;

  beforeEach(async () => {
    world = await CheckWorld.open(
      organizationOf(
        [liveRunner('a'), liveRunner('b')],
        [...githubAndGitlab(), integrationJson('b', 'github.com')],
      ),
    );
  });

  afterEach(() => world.close());

  const github = () => world.target('github.com', 'a');
  const deny = { kind: 'connect', code: 'permission_denied', message: 'no' } as const;
  const answer = (host: string, ...answers: { authenticated: boolean }[]) => ({
    runnerId: github().entry.integration.runnerId,
    host,
    answers,
  });

  it('is nothing until they are asked', () => {
    assert.deepEqual(world.store.checksOf(github().entry), { access: {}, validation: {} });
    assert.deepEqual(world.store.answersOf(github().entry), {});
    assert.deepEqual(world.store.answeredAt(), []);
    assert.equal(world.store.running, 0);
  });

  it('is known of the integration that was asked about, and only the kind of check that was made', async () => {
    await world.check([github()]);
    assert.equal(world.accessOf(github()).lastAnswer?.result.signedIn, false);
    assert.deepEqual(world.validationOf(github()), {});
    assert.deepEqual(world.accessOf(world.target('gitlab.com')), {});
    assert.deepEqual(world.accessOf(world.target('github.com', 'b')), {});
    await world.validate(github());
    assert.deepEqual(world.validationOf(github()).lastAnswer, {
      result: { valid: true, errors: [] },
      at: world.now,
    });
    assert.equal(world.accessOf(github()).lastAnswer?.result.signedIn, false);
    assert.deepEqual(world.store.answeredAt(), [world.now, world.now]);
    // Thousands of statuses are derived from them again and again.
    assert.equal(world.store.answersOf(github().entry), world.store.answersOf(github().entry));
  });

  it('is marked as running until the answer is there', async () => {
    world.sandbox.latencyMs = 5;
    const checked = world.check([github()]);
    assert.deepEqual(world.accessOf(github()), { running: true });
    assert.equal(world.store.running, 1);
    assert.ok(world.changes > 0);
    const before = world.changes;
    await checked;
    assert.equal(world.accessOf(github()).running, undefined);
    assert.equal(world.store.running, 0);
    assert.ok(world.changes > before);
  });

  it('is marked as running as long as any call about it is', async () => {
    world.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang', times: 1 });
    const abort = new AbortController();
    const hanging = world.check([github()], { signal: abort.signal });
    await world.arrived(1);
    await world.check([github()]);
    assert.deepEqual(Object.keys(world.accessOf(github())).sort(), ['lastAnswer', 'running']);
    abort.abort();
    await hanging;
    assert.deepEqual(Object.keys(world.accessOf(github())), ['lastAnswer']);
  });

  it('keeps the last answer while it is asked again, and beside a later failure', async () => {
    await world.check([github()]);
    const { lastAnswer } = world.accessOf(github());
    world.now = new Date(world.now.getTime() + HOUR);
    world.sandbox.faults.set('CheckAuthenticationForHost', deny);
    const checked = world.check([github()]);
    assert.deepEqual(world.accessOf(github()), { lastAnswer, running: true });
    await checked;
    const failed = { error: { kind: 'noPermission' }, at: world.now };
    assert.deepEqual(world.accessOf(github()), { lastAnswer, lastFailure: failed });
    assert.deepEqual(world.store.answersOf(github().entry).access?.at, lastAnswer?.at);
  });

  it('does not wait for a turn any more once it is canceled', async () => {
    world.sandbox.faults.set('CheckAuthenticationForHost', { kind: 'hang' });
    const others = new AbortController();
    const { entry, runner } = github();
    const call = { runner, host: 'github.com', entries: [entry] };
    const hanging = Array.from({ length: 4 }, () => world.store.checkAccess(call, others.signal));
    await world.arrived(4);
    const own = new AbortController();
    const waiting = world.check([world.target('gitlab.com')], { signal: own.signal });
    own.abort();
    const { unasked } = await waiting;
    assert.equal(unasked.length, 1);
    assert.deepEqual(world.accessOf(world.target('gitlab.com')), {});
    assert.equal(world.store.running, 4);
    others.abort();
    await Promise.all(hanging);
    assert.equal(world.sandbox.requests.length, 4);
  });

  it('stays as it is while a sign-in is waited for, until the runner says something else', async () => {
    world.sandbox.organization.access = [
      answer('github.com', { authenticated: false }, { authenticated: false }, { authenticated: true }),
    ];
    const poll = async () => {
      const { entry, runner } = github();
      const call = { runner, host: 'github.com', entries: [entry] };
      return world.store.checkAccess(call, new AbortController().signal, true);
    };
    await world.check([github()]);
    const { lastAnswer } = world.accessOf(github());
    const { changes } = world;
    world.now = new Date(world.now.getTime() + HOUR);
    const polled = poll();
    await world.arrived(2);
    assert.deepEqual(world.accessOf(github()), { lastAnswer });
    assert.equal((await polled).kind, 'answer');
    world.sandbox.faults.set('CheckAuthenticationForHost', { ...deny, times: 1 });
    assert.equal((await poll()).kind, 'failure');
    assert.deepEqual([world.accessOf(github()), world.changes], [{ lastAnswer }, changes]);
    await poll();
    assert.deepEqual(
      [world.accessOf(github()).lastAnswer?.result.signedIn, world.accessOf(github()).lastAnswer?.at],
      [true, world.now],
    );
    assert.deepEqual([world.accessOf(github()).running, world.store.running], [undefined, 0]);
  });

  it('loses its failure with the next answer, not with the next question', async () => {
    world.sandbox.faults.set('CheckAuthenticationForHost', deny);
    await world.check([github()]);
    world.sandbox.faults.clear();
    const checked = world.check([github()]);
    assert.equal(world.accessOf(github()).lastFailure?.error.kind, 'noPermission');
    await checked;
    assert.deepEqual(Object.keys(world.accessOf(github())), ['lastAnswer']);
  });

  it('stays the answer to the last question if an earlier one is answered after it', async () => {
    const { asked, answer: give, fail } = world.holdAnswers();
    const [failing, late, last] = [0, 1, 2].map(() => world.check([github()]));
    await asked(3);
    give(2, false);
    await last;
    const { lastAnswer } = world.accessOf(github());
    assert.equal(lastAnswer?.result.signedIn, false);
    world.now = new Date(world.now.getTime() + HOUR);
    give(1, true);
    await late;
    fail(0, apiError({ problem: 'timeout', code: 'deadline_exceeded' }));
    await failing;
    assert.deepEqual(world.accessOf(github()), { lastAnswer });
    const again = world.check([github()]);
    await asked(4);
    give(3, true);
    await again;
    assert.equal(world.accessOf(github()).lastAnswer?.result.signedIn, true);
  });

  it('says how to sign in, and remembers that somebody was signed in before', async () => {
    world.sandbox.organization.access = [
      answer('github.com', { authenticated: true }, { authenticated: false }, { authenticated: false }),
    ];
    const results = [];
    for (let i = 0; i < 3; i++) {
      await world.check([github()]);
      results.push(world.accessOf(github()).lastAnswer?.result);
    }
    assert.deepEqual(
      results.map((result) => [result?.signedIn, result?.wasSignedIn]),
      [
        [true, false],
        [false, true],
        [false, true],
      ],
    );
    world.sandbox.organization.access = [];
    await world.check([github()]);
    const { methods } = world.accessOf(github()).lastAnswer?.result ?? {};
    assert.deepEqual(Object.keys(methods ?? {}), ['pat']);
    assert.equal(methods?.pat?.createUrl.startsWith('https://github.com/settings/tokens/new'), true);
  });

  it('says whose access it is, once that is known', async () => {
    await world.check([github()]);
    assert.equal(world.store.answersOf(github().entry).access?.subject, undefined);
    const robot = { ...ACCOUNT, subjectId: 'robot', principal: 'PRINCIPAL_SERVICE_ACCOUNT' };
    world.become(world.session.connection, robot);
    const subject = { id: 'robot', principal: 'PRINCIPAL_SERVICE_ACCOUNT' };
    assert.deepEqual(world.store.answersOf(github().entry).access?.subject, subject);
  });
});
