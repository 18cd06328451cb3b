import assert from 'node:assert/strict';
import { SessionStore } from '../../../src/account/session.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { account, ACME } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { testSources } from './testSources.ts';

describe('a window on a machine with a key in the environment', () => {
  let sandbox: Sandbox;
  /** Shared by all windows. */
  let storage: MemoryStorage;
  let stores: SessionStore[];
  before(async () => (sandbox = await startSandbox()));
  after(() => sandbox.close());
  beforeEach(() => {
    storage = new MemoryStorage();
    stores = [];
  });
  afterEach(() => stores.forEach((store) => store.dispose()));

  /** @param own the window's own storage: reuse it to simulate a reload */
  async function open(key: string | undefined, own = new MemoryStorage()) {
    const variables: Record<string, string> = key === undefined ? {} : { ONA_API_KEY: key };
    const sources = testSources(storage, { variables, own, apiUrl: sandbox.url });
    const session = new SessionStore(sources);
    stores.push(session);
    await session.restart();
    const signIn = () =>
      session.signIn(sandbox.url, sandbox.apiKey, {
        keep: 'secretStorage',
        signal: new AbortController().signal,
      });
    return { session, sources, own, signIn, isHere: () => isHere(session) };
  }

  /** The variable of the key that the window uses, `stored`, or why there is none. */
  function isHere({ current }: SessionStore): string {
    return current.kind === 'signedIn' ? (current.connection.environmentVariable ?? 'stored') : current.kind;
  }

  it('that signs out of a stored key does not turn to the environment’s, and does not decline it', async () => {
    const { session, own, signIn, isHere } = await open('key-1');
    await signIn();
    assert.equal(isHere(), 'stored');
    await session.signOut();
    assert.equal(isHere(), 'signedOut');
    await session.follow();
    assert.equal(isHere(), 'signedOut');
    assert.equal((await open('key-1', own)).isHere(), 'signedOut', 'after a reload');
    assert.equal((await open('key-1')).isHere(), 'ONA_API_KEY', 'in a new window');
    await session.useEnvironmentKey();
    assert.equal(isHere(), 'ONA_API_KEY');
  });

  it('whose stored key was removed elsewhere does not turn to the environment’s, open or not', async () => {
    const first = await open('key-1');
    await first.signIn();
    const second = await open('key-1');
    const third = await open('key-1');
    assert.equal(second.isHere(), 'stored');
    await first.session.signOut();
    await second.session.follow();
    assert.equal(second.isHere(), 'signedOut');
    assert.equal((await open('key-1', second.own)).isHere(), 'signedOut', 'after a reload');
    assert.equal((await open('key-1', third.own)).isHere(), 'signedOut', 'closed at that time');
  });

  it('that signs out of the environment’s key declines it in every window, but no other machine’s', async () => {
    const here = await open('key-1');
    const beside = await open('key-1');
    const there = await open('key-2');
    await here.session.signOut();
    await beside.session.follow();
    await there.session.follow();
    assert.deepEqual(
      [here, beside, there].map(({ isHere }) => isHere()),
      ['signedOut', 'signedOut', 'ONA_API_KEY'],
    );
    assert.equal((await open('key-1')).isHere(), 'signedOut');
    await here.session.useEnvironmentKey();
    await beside.session.follow();
    assert.deepEqual(
      [here, beside].map(({ isHere }) => isHere()),
      ['ONA_API_KEY', 'ONA_API_KEY'],
    );
  });

  it('keeps a key declined when somebody signs in with another one, there or elsewhere', async () => {
    const here = await open('key-1');
    await here.session.signOut();
    await (await open(undefined)).signIn();
    await here.session.follow();
    assert.equal(here.isHere(), 'stored');
    await here.session.signOut();
    await here.signIn();
    await here.session.signOut();
    assert.equal((await open('key-1')).isHere(), 'signedOut');
    const elsewhere = await open('key-2');
    await elsewhere.session.signOut();
    await elsewhere.session.useEnvironmentKey();
    assert.equal((await open('key-1')).isHere(), 'signedOut');
  });

  it('that signed out of all keys in an earlier version stays so', async () => {
    storage.state.set('onaScm.environmentKeyDeclined', true);
    const { session, isHere } = await open('key-1');
    assert.equal(isHere(), 'signedOut');
    await session.useEnvironmentKey();
    assert.equal(isHere(), 'ONA_API_KEY');
  });

  it('knows the address that its environment sets, whoever is signed in', async () => {
    const sources = testSources(storage, { variables: { ONA_BASE_URL: ACME } });
    await sources.apiKeys.store(account(ACME, 'org-1'), 'key');
    const session = new SessionStore(sources);
    stores.push(session);
    await session.restart();
    assert.equal(isHere(session), 'stored');
    assert.deepEqual(session.address(), {
      kind: 'address',
      apiUrl: `${ACME}/api`,
      variable: 'ONA_BASE_URL',
      isDefault: false,
    });
  });
});
