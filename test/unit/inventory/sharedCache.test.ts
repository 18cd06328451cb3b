import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { account, ONA } from '../account/accounts.ts';
import { MemoryStorage } from '../account/memoryStorage.ts';
import { testSources } from '../account/testSources.ts';
import { accountFingerprint, accountId } from '../../../src/account/account.ts';
import { SessionStore } from '../../../src/account/session.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import { InventoryCache } from '../../../src/inventory/inventoryCache.ts';
import type { CompleteData } from '../../../src/inventory/model.ts';
import { SignOutCleanup } from '../../../src/signOutCleanup.ts';
import { gate, listsOf, MemoryClient, never } from './load/memoryClient.ts';

const ACME = account(ONA, 'org-1');
const OTHER = account(ONA, 'org-2');
const THIRD = account(ONA, 'org-3');
const LISTS = listsOf({ runners: 2, integrations: 4 });
const rows: CompleteData = { data: LISTS, asOf: new Date('2026-11-24T08:00:00.000Z') };
const HOUR = 3_600_000;

describe('the folder of rows that several windows share', () => {
  let folder: string;
  let lines: string[];
  let opened: { dispose(): unknown }[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ona-scm-shared-'));
    lines = [];
    opened = [];
  });

  afterEach(async () => {
    opened.forEach((one) => one.dispose());
    await rm(folder, { recursive: true });
    assert.deepEqual(lines, []);
  });

  const files = async () => (await readdir(folder)).sort();
  const cacheOf = ({ maxBytes, scope = () => Promise.resolve('scope-1') }: Partial<CacheOptions> = {}) =>
    new InventoryCache({ folder, scope, log: (line) => lines.push(line), maxBytes });
  const forget = (cache: InventoryCache, owner: typeof ACME) =>
    cache.forget([accountFingerprint(accountId(owner))]);

  /** A draft beside the only file, as another window leaves it behind when it is killed, or has it while it writes. */
  async function draft(bytes: number, ageMs: number): Promise<string> {
    const [file = ''] = await files();
    const name = `${file}.0b7e7c0e-8f5e-4b7e-9a51-0123456789ab`;
    await writeFile(join(folder, name), 'x'.repeat(bytes));
    const time = (Date.now() - ageMs) / 1000;
    await utimes(join(folder, name), time, time);
    return name;
  }

  it('loses the draft of a window that was killed, with the next write of any other', async () => {
    await cacheOf().write(ACME, rows);
    const left = await draft(100, 2 * HOUR);
    await cacheOf().write(OTHER, rows);
    assert.equal((await files()).includes(left), false);
    assert.equal((await files()).length, 2);
  });

  it('keeps the draft of a window that is writing, and gives up no rows for it', async () => {
    await cacheOf().write(ACME, rows);
    const [file = ''] = await files();
    const { size } = await stat(join(folder, file));
    const cache = cacheOf({ maxBytes: size * 3.5 });
    await cache.write(OTHER, rows);
    const live = await draft(size * 3, 10_000);
    await cache.write(THIRD, rows);
    assert.equal((await files()).length, 4);
    assert.ok((await files()).includes(live));
    for (const owner of [ACME, OTHER, THIRD]) {
      assert.deepEqual(await cache.read(owner), rows);
    }
  });

  it('is written by many windows at once without an error', async () => {
    const owners = [ACME, OTHER, THIRD];
    await Promise.all(
      Array.from({ length: 24 }, (_, i) => cacheOf().write(owners[i % owners.length] ?? ACME, rows)),
    );
    assert.equal((await files()).length, 3);
  });

  describe('after a sign-out', () => {
    /** A write that waits before its file is there. */
    function slowWindow() {
      const writing = gate();
      const isHeld = gate();
      let holds = false;
      const scope = async () => {
        if (holds) {
          isHeld.open();
          await writing.opened;
        }
        return 'scope-1';
      };
      return { scope, hold: () => (holds = true), isHeld: isHeld.opened, release: writing.open };
    }

    it('has nothing left once every window has forgotten, even one that was still writing', async () => {
      const { scope, hold, isHeld, release } = slowWindow();
      const [here, there] = [cacheOf(), cacheOf({ scope })];
      hold();
      const written = there.write(ACME, rows);
      await isHeld;
      await forget(here, ACME);
      // It has heard of the sign-out.
      const forgotten = forget(there, ACME);
      release();
      await written;
      await forgotten;
      assert.deepEqual(await files(), []);
    });

    /** A window with everything that keeps rows. */
    async function openWindow(storage: MemoryStorage, scope?: CacheOptions['scope']) {
      const sources = testSources(storage);
      const session = new SessionStore(sources);
      const cache = cacheOf(scope && { scope });
      let answer: Promise<never> | undefined;
      const client = new MemoryClient(LISTS, () => answer);
      const forgetting: Promise<void>[] = [];
      const listened = {
        get connection() {
          const { connection } = session;
          return connection && Object.assign(connection, { client });
        },
        get account() {
          return session.account;
        },
        onDidChange: session.onDidChange,
        whenStarted: () => session.whenStarted(),
        whenSubjectKnown: () => Promise.resolve(undefined),
      };
      const inventory = new Inventory({ session: listened, cache, log: (error) => assert.fail(error) });
      const nothing = { forget: () => Promise.resolve() };
      const cleanup = new SignOutCleanup({
        ...sources,
        session,
        cache: {
          forget: (accounts) => {
            const forgotten = cache.forget(accounts);
            forgetting.push(forgotten);
            return forgotten;
          },
        },
        checks: nothing,
        changes: { forget: () => Promise.resolve() },
        treeOptions: nothing,
        recents: nothing,
      });
      opened.push(session, inventory, cleanup);
      await session.restart();
      /** Settles when the rows of the account have been forgotten. */
      const hasForgotten = async () => {
        while (forgetting.length === 0) {
          await setImmediate();
        }
        await Promise.all(forgetting);
      };
      const hang = () => void (answer = never());
      return { session, inventory, cache, hang, hasForgotten };
    }

    for (const [title, isLoaded] of [
      ['was writing', true],
      ['was loading', false],
    ] as const) {
      it(`has nothing left of a window that ${title} when another one signed out`, async () => {
        const storage = new MemoryStorage();
        await testSources(storage).apiKeys.store(ACME, 'key');
        const here = await openWindow(storage);
        const { scope, hold, isHeld, release } = slowWindow();
        const there = await openWindow(storage, scope);
        await there.inventory.refresh();
        if (isLoaded) {
          hold();
          await there.inventory.refresh();
          await isHeld;
        } else {
          there.hang();
          void there.inventory.refresh();
          await setImmediate();
          assert.equal(there.inventory.isLoading, true);
        }
        await here.session.signOut();
        await here.hasForgotten();
        await there.session.follow();
        assert.equal(there.session.current.kind, 'signedOut');
        release();
        await there.hasForgotten();
        assert.deepEqual(await files(), []);
        assert.equal(await there.cache.read(ACME), undefined);
      });
    }
  });
});

type CacheOptions = ConstructorParameters<typeof InventoryCache>[0];
