import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../../src/account/account.ts';
import { SessionStore } from '../../../src/account/session.ts';
import { Checks } from '../../../src/checks/checks.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import { SignOutCleanup } from '../../../src/signOutCleanup.ts';
import type { RunnerEntry } from '../../../src/inventory/groups.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { MemoryStorage } from '../account/memoryStorage.ts';
import { testSources } from '../account/testSources.ts';
import { groupByRunner } from '../inventory/groupByRunner.ts';
import { integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

describe('a window', () => {
  let sandbox: Sandbox;
  let folder: string;
  let storage: MemoryStorage;
  let opened: { dispose(): unknown }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-checks-'));
    storage = new MemoryStorage();
    opened = [];
    sandbox = await startSandbox({
      organization: organizationOf([liveRunner('a')], [integrationJson('a', 'github.com')]),
    });
    const { origin } = new URL(sandbox.url);
    const { profile, user } = sandbox.organization;
    const account: Account = {
      origin,
      apiUrl: sandbox.url,
      organizationId: profile.id,
      organizationName: 'Acme',
      subjectId: user.id,
      principal: 'PRINCIPAL_USER',
      sequence: 1,
    };
    await testSources(storage).apiKeys.store(account, sandbox.apiKey);
  });

  afterEach(async () => {
    opened.forEach((one) => one.dispose());
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  /** A window with everything that checks need, which has loaded its rows. */
  async function open() {
    const sources = testSources(storage, { apiUrl: sandbox.url });
    const session = new SessionStore(sources);
    const log = (error: Error) => assert.fail(error);
    const noRows = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
    const inventory = new Inventory({ session, cache: noRows, log });
    const kept = {
      folder,
      scope: () => Promise.resolve('scope-1'),
      log: (line: string) => assert.fail(line),
    };
    const checks = new Checks({ session, inventory, kept, log });
    const nothing = { forget: () => Promise.resolve() };
    const others = { cache: nothing, changes: nothing, treeOptions: nothing, recents: nothing };
    const cleanup = new SignOutCleanup({ ...sources, ...others, session, checks });
    opened.push(session, inventory, checks, cleanup);
    await session.restart();
    const { data } = await inventory.refresh();
    const [runner = assert.fail()] = groupByRunner(data);
    return { session, checks, runner };
  }

  const answered = (checks: Checks, { integrations: [entry = assert.fail()] }: RunnerEntry) =>
    until(() => checks.checksOf(entry)?.access.lastAnswer);

  async function until<T>(read: () => T | undefined | Promise<T | undefined>): Promise<T> {
    for (;;) {
      const value = await read();
      if (value !== undefined) {
        return value;
      }
      await new Promise(setImmediate);
    }
  }

  const file = async () => (await readdir(folder)).find((name) => name.endsWith('.answers'));

  it('shows what a runner answered in an earlier one, until somebody signs out', async () => {
    const first = await open();
    const store = await first.checks.store();
    const { runner } = first;
    const call = { runner, host: 'github.com', entries: runner.integrations };
    await store.checkAccess(call, new AbortController().signal);
    await until(file);

    const next = await open();
    let changes = 0;
    next.checks.onDidChange(() => changes++);
    const { at, result } = await answered(next.checks, next.runner);
    assert.deepEqual(at, (await answered(first.checks, first.runner)).at);
    assert.equal(result.methods, undefined);
    assert.equal(sandbox.requests.filter(({ method }) => method === 'CheckAuthenticationForHost').length, 1);
    assert.ok(changes > 0);

    await next.session.signOut();
    await until(async () => ((await file()) === undefined ? true : undefined));
    const [entry = assert.fail()] = next.runner.integrations;
    assert.deepEqual(next.checks.checksOf(entry)?.access, {});
  });
});
