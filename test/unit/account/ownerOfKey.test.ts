import assert from 'node:assert/strict';
import { type Account, ownerOf, readAccount } from '../../../src/account/account.ts';
import { SessionStore } from '../../../src/account/session.ts';
import type { Secrets } from '../../../src/account/timedSecrets.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { quiet } from '../api/testClient.ts';
import { account, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { openKeys, testSources } from './testSources.ts';

describe('the owner of a key', () => {
  let sandbox: Sandbox;
  let storage: MemoryStorage;
  let stores: SessionStore[];
  beforeEach(async () => {
    sandbox = await startSandbox();
    storage = new MemoryStorage();
    stores = [];
  });
  afterEach(() => {
    stores.forEach((store) => store.dispose());
    return sandbox.close();
  });

  async function open(variables: Record<string, string> = {}, secrets?: Secrets) {
    const sources = testSources(storage, { apiUrl: sandbox.url, variables, secrets });
    const session = new SessionStore(sources);
    stores.push(session);
    await session.restart();
    return session;
  }

  const jane = () => ({ id: sandbox.organization.user.id, principal: 'PRINCIPAL_USER' });
  const asked = () => sandbox.requests.length;

  /** Stores the sandbox's key as an earlier version did. */
  async function storeOld(rest: Partial<Account> = {}): Promise<Account> {
    const { id, name = '' } = sandbox.organization.profile;
    const old = account(new URL(sandbox.url).origin, id, {
      apiUrl: sandbox.url,
      organizationName: name,
      userName: 'Jane Doe',
      ...rest,
    });
    await (await openKeys(storage)).store(old, sandbox.apiKey);
    return old;
  }

  it('is known after a sign-in, and at the next start', async () => {
    const session = await open();
    await session.signIn(sandbox.url, sandbox.apiKey, { ...quiet, keep: 'secretStorage' });
    const sent = asked();
    assert.deepEqual(await session.whenSubjectKnown(), jane());
    const next = await open();
    assert.deepEqual(await next.whenSubjectKnown(), jane());
    assert.equal(asked(), sent, 'without a request');
  });

  it('may be a service account', async () => {
    const id = '0198a1d2-0000-7000-8000-00000000005a';
    sandbox.keys.set('service-key', { principal: 'serviceAccount', id });
    const session = await open();
    await session.signIn(sandbox.url, 'service-key', { ...quiet, keep: 'secretStorage' });
    assert.deepEqual(await session.whenSubjectKnown(), { id, principal: 'PRINCIPAL_SERVICE_ACCOUNT' });
  });

  it('is asked for once if an earlier version stored the account, without a new sign-in', async () => {
    const old = await storeOld();
    const session = await open();
    const { connection } = session;
    assert.deepEqual([session.account, asked()], [old, 0]);
    const both = await Promise.all([session.whenSubjectKnown(), session.whenSubjectKnown()]);
    assert.deepEqual(both, [jane(), jane()]);
    assert.equal(sandbox.requests.filter(({ method }) => method === 'GetAuthenticatedIdentity').length, 1);
    assert.equal(session.connection, connection, 'without another load');
    const { subjectId, principal, ...names } = session.account ?? assert.fail();
    assert.deepEqual(names, old);
    assert.deepEqual({ id: subjectId, principal }, jane());
    const sent = asked();
    const next = await open();
    assert.deepEqual(await next.whenSubjectKnown(), jane());
    assert.equal(asked(), sent, 'no later start asks again');
    assert.equal(await next.keyOf(old), sandbox.apiKey);
  });

  it('is asked for with a key from the environment, and known at the next start', async () => {
    const session = await open({ ONA_API_KEY: sandbox.apiKey });
    assert.deepEqual(await session.whenSubjectKnown(), jane());
    sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'hang' });
    const next = await open({ ONA_API_KEY: sandbox.apiKey });
    assert.deepEqual(await next.whenSubjectKnown(), jane());
  });

  it('is not known if nobody is signed in, or the API does not say, and is asked for again', async () => {
    assert.equal(await (await open()).whenSubjectKnown(), undefined);
    await storeOld();
    const session = await open();
    sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'connect', code: 'internal', message: '' });
    assert.equal(await session.whenSubjectKnown(), undefined);
    sandbox.faults.clear();
    assert.deepEqual(await session.whenSubjectKnown(), jane());
  });

  it('is not known if the API says that the key is for another organization', async () => {
    await storeOld();
    const body = '{"organizationId":"other","subject":{"id":"x"}}';
    sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'raw', body });
    assert.equal(await (await open()).whenSubjectKnown(), undefined);
  });

  it('is adopted if it is another one, here and in every other window, with its own name', async () => {
    await storeOld({ subjectId: 'somebody-else', principal: 'PRINCIPAL_USER', userName: 'Joe' });
    sandbox.faults.set('GetAuthenticatedUser', { kind: 'connect', code: 'internal', message: '' });
    const [session, other] = [await open(), await open()];
    session.askForAccount(true);
    await session.whenIdentified();
    await other.follow();
    for (const { account: now } of [session, other]) {
      assert.deepEqual([ownerOf(now), now?.userName], [jane(), undefined]);
    }
  });

  it('stays known if the API does not name it', async () => {
    const known = await storeOld({ subjectId: 'jane', principal: 'PRINCIPAL_USER' });
    const body = JSON.stringify({ organizationId: known.organizationId });
    sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'raw', body });
    const { secretStorage } = storage;
    const session = await open({}, { ...secretStorage, store: () => assert.fail('stored') });
    session.askForAccount(true);
    await session.whenIdentified();
    assert.deepEqual(session.account, known);
  });

  it('is not known of a stored account whose owner is no text, or an empty one', () => {
    for (const stored of [7, '']) {
      const read = readAccount({ ...account(ONA, 'org-1'), subjectId: stored }) ?? assert.fail();
      assert.equal(read.subjectId, undefined);
      assert.equal(ownerOf(read), undefined);
    }
  });
});
