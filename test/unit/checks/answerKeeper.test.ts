import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../../src/account/account.ts';
import { AnswerKeeper } from '../../../src/checks/answerKeeper.ts';
import { CheckStore } from '../../../src/checks/checkStore.ts';
import { AUTH_STATE } from '../../sandbox/runnerAnswers.ts';
import { SECRET_MARKER } from '../../sandbox/secretMarker.ts';
import { jane } from '../inventory/inventoryOf.ts';
import { CheckWorld, integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

const JANE: Account = { ...jane, subjectId: 'jane' };
const OTHER: Account = { ...JANE, organizationId: 'org-2' };
const HOUR = 3_600_000;

describe('the answers of one window for the next', () => {
  let world: CheckWorld;
  let folder: string;
  let opened: { dispose(): unknown }[];
  let keepers: AnswerKeeper[];
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-keeper-'));
    opened = [];
    keepers = [];
    lines = [];
    world = await CheckWorld.open(
      organizationOf(
        [liveRunner('a')],
        [
          integrationJson('a', 'github.com', { oauth: { clientId: 'client' } }),
          integrationJson('a', 'gitlab.com'),
        ],
      ),
    );
    world.session.account = JANE;
    keep();
  });

  afterEach(async () => {
    [...keepers, ...opened].forEach((one) => one.dispose());
    // After what is still being written, and what has arrived meanwhile.
    for (let i = 0; i < 2; i++) {
      await Promise.all(keepers.map((keeper) => keeper.forget([])));
    }
    await world.close();
    await rm(folder, { recursive: true });
    assert.deepEqual(lines, []);
  });

  function keep(session = world.session, store = world.store): void {
    const scope = () => Promise.resolve('scope-1');
    const kept = { folder, scope, log: (line: string) => void lines.push(line), now: () => world.now };
    keepers.push(new AnswerKeeper({ session, store, kept }));
  }

  /** Another window, whose account may not be known yet. */
  function openWindow(account: Account | undefined = JANE) {
    const session = { ...world.session, connection: world.connect(), account };
    const store = new CheckStore({ session, now: () => world.now });
    opened.push(store);
    keep(session, store);
    return { session, store };
  }

  const github = () => world.target('github.com');
  const gitlab = () => world.target('gitlab.com');
  /** Without drafts. */
  const files = async () => (await readdir(folder)).filter((name) => name.endsWith('.answers'));

  /** Reads again and again what a person would see sooner or later. */
  async function until<T>(read: () => T | Promise<T>, isThere: (value: T) => boolean): Promise<T> {
    for (;;) {
      const value = await read();
      if (isThere(value)) {
        return value;
      }
      await new Promise(setImmediate);
    }
  }

  /** The file of the only account, once it has this many answers. */
  const written = (count: number): Promise<string> =>
    until(
      async () => {
        const [name] = await files();
        return name === undefined ? '' : readFile(join(folder, name), 'utf8').catch(() => '');
      },
      (text) => text.split('"kind"').length - 1 === count,
    );

  /** The answer about access that a window shows once it has read the file. */
  const shown = ({ store }: { store: CheckStore }, target = github()) =>
    until(
      () => store.checksOf(target.entry).access,
      ({ lastAnswer }) => lastAnswer !== undefined,
    );

  it('are shown there with their time, and without how to sign in', async () => {
    await world.check();
    await world.validate(github());
    await written(3);
    const { lastAnswer } = world.accessOf(github());
    const at = world.now;
    world.now = new Date(at.getTime() + HOUR);
    const next = openWindow();
    const { result } = lastAnswer ?? assert.fail();
    assert.ok(result.methods);
    assert.deepEqual(await shown(next), {
      lastAnswer: { at, result: { signedIn: result.signedIn, wasSignedIn: result.wasSignedIn } },
    });
    const { validation } = next.store.checksOf(github().entry);
    assert.deepEqual(validation.lastAnswer, { at, result: { valid: true, errors: [] } });
    assert.deepEqual(next.store.answersOf(github().entry).access?.at, at);
    // Nobody was asked again.
    assert.equal(world.sandbox.requests.length, 3);
  });

  it('are not shown about an integration that has changed', async () => {
    await world.check();
    await written(2);
    Object.assign(world.sandbox.organization.integrations[0] ?? {}, { oauth: { clientId: 'other' } });
    const next = openWindow();
    await shown(next, gitlab());
    assert.deepEqual(next.store.checksOf(github().entry).access, {});
  });

  it('are only those of the same owner, once it is known who that is', async () => {
    await world.check();
    await written(2);
    const unknown = openWindow({ ...jane });
    const joe = openWindow({ ...JANE, subjectId: 'joe' });
    await shown(openWindow());
    for (const { store } of [unknown, joe]) {
      assert.deepEqual(store.checksOf(github().entry).access, {});
    }
    Object.assign(unknown.session, { account: JANE });
    // Listeners of all windows are called.
    world.become(world.session.connection);
    await shown(unknown);
  });

  it('do not replace a later one, and keep a later failure beside them', async () => {
    await world.check();
    await written(2);
    const at = world.now;
    world.now = new Date(at.getTime() + HOUR);
    const next = openWindow({ ...jane });
    const { signal } = new AbortController();
    const call = (host: string) => {
      const { entry, runner } = world.target(host);
      return { runner, host, entries: [entry] };
    };
    await next.store.checkAccess(call('github.com'), signal);
    const deny = { kind: 'connect', code: 'permission_denied', message: '' } as const;
    world.sandbox.faults.set('CheckAuthenticationForHost', deny);
    await next.store.checkAccess(call('gitlab.com'), signal);
    Object.assign(next.session, { account: JANE });
    world.become(world.session.connection);
    const failed = await shown(next, gitlab());
    assert.deepEqual([failed.lastAnswer?.at, failed.lastFailure?.at], [at, world.now]);
    assert.deepEqual(next.store.checksOf(github().entry).access.lastAnswer?.at, world.now);
  });

  it('are written once it is known whose they are', async () => {
    world.session.account = { ...jane };
    await world.check();
    assert.deepEqual(await files(), []);
    world.become(world.session.connection, JANE);
    await written(2);
  });

  it('are deleted with another key of the same account', async () => {
    await world.check();
    await written(2);
    world.become(world.connect(), { ...JANE, sequence: JANE.sequence + 1 });
    await until(files, (names) => names.length === 0);
    assert.deepEqual(world.accessOf(github()), {});
    await world.check([gitlab()]);
    await written(1);
  });

  it('are read again if the window starts over with the same key', async () => {
    await world.check();
    await written(2);
    world.become();
    assert.deepEqual(world.accessOf(github()), {});
    await shown(world);
  });

  it('are kept for when the window returns to their organization, also after a sign-out', async () => {
    await world.check();
    await written(2);
    world.become(world.connect(), OTHER);
    assert.deepEqual(world.accessOf(github()), {});
    world.become(world.connect(), JANE);
    await shown(world);
    world.leave();
    // Whatever was begun has ended then.
    await Promise.all(keepers.map((keeper) => keeper.forget([])));
    assert.equal((await files()).length, 1);
  });

  it('contain no secret, though answers and errors have them', async () => {
    const url = `https://jane:${SECRET_MARKER}@acme.example/x?token=${SECRET_MARKER}`;
    const prose = `key ${world.sandbox.apiKey}, ${url}`;
    const { runnerId } = github().entry.integration;
    world.sandbox.organization.validations = [
      { runnerId, host: 'github.com', answers: [{ hostError: prose, oauthError: prose, patError: prose }] },
    ];
    // An address may lack its scheme.
    const pages = { createUrl: url.slice('https://'.length), docsUrl: url, requiredScopes: [url] };
    world.sandbox.organization.access = [
      {
        runnerId,
        host: 'github.com',
        answers: [
          {
            authenticated: true,
            authenticationUrl: `https://github.com/?state=${AUTH_STATE}`,
            supportsOauth2: { authUrl: `https://github.com/?state=${AUTH_STATE}`, docsUrl: url },
            supportsPat: pages,
          },
        ],
      },
    ];
    await world.check([github()]);
    await world.validate(github());
    world.sandbox.faults.set('CheckAuthenticationForHost', {
      kind: 'connect',
      code: 'internal',
      message: `${prose}: client_id=x&client_secret=${SECRET_MARKER}`,
    });
    await world.check([gitlab()]);
    const text = await written(2);
    assert.match(text, /\[redacted\]/);
    const logged = world.lines.join('\n');
    assert.match(logged, /CheckAuthenticationForHost/);
    assert.ok(!text.includes(world.sandbox.apiKey) && !logged.includes(world.sandbox.apiKey));
    const shownHere = JSON.stringify(world.store.checksOf(github().entry));
    assert.match(shownHere, /"createUrl":"\[redacted\]@acme\.example/);
    for (const one of [text, logged, shownHere]) {
      assert.ok(!one.includes(AUTH_STATE) && !one.includes(SECRET_MARKER), one);
    }
  });
});
