import assert from 'node:assert/strict';
import { SessionStore } from '../../../src/account/session.ts';
import { Inventory } from '../../../src/inventory/inventory.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { account } from '../account/accounts.ts';
import { MemoryStorage } from '../account/memoryStorage.ts';
import { openKeys, testSources } from '../account/testSources.ts';

describe('the sign-ins of who is signed in', () => {
  let sandbox: Sandbox;
  let storage: MemoryStorage;
  let opened: { dispose: () => void }[];

  beforeEach(async () => {
    sandbox = await startSandbox();
    storage = new MemoryStorage();
    opened = [];
    const { id, name = '' } = sandbox.organization.profile;
    const names = { organizationName: name, userName: 'Jane Doe' };
    const old = account(new URL(sandbox.url).origin, id, { apiUrl: sandbox.url, ...names });
    await (await openKeys(storage)).store(old, sandbox.apiKey);
  });

  afterEach(async () => {
    opened.forEach((one) => one.dispose());
    await sandbox.close();
  });

  /** A window of somebody whose account an earlier version stored. */
  async function openWindow(): Promise<Inventory> {
    const session = new SessionStore(testSources(storage, { apiUrl: sandbox.url }));
    const cache = { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
    const inventory = new Inventory({ session, cache, log: (error) => assert.fail(error) });
    opened.push(inventory, session);
    await session.restart();
    return inventory;
  }

  const methods = () => sandbox.requests.map(({ path }) => path.split('/').at(-1));

  it('are read by the first load, which finds out the owner of the key only once', async () => {
    const { signIns } = await (await openWindow()).refresh();
    const { id } = sandbox.organization.user;
    const own = sandbox.organization.tokens?.filter(({ subject }) => subject?.id === id) ?? [];
    assert.ok(own.length > 0);
    assert.deepEqual(signIns?.subject, { id, principal: 'PRINCIPAL_USER' });
    assert.deepEqual(
      signIns.tokens.map((token) => token.id),
      own.map((token) => token.id),
    );
    assert.deepEqual(methods().sort(), [
      'GetAuthenticatedIdentity',
      'GetAuthenticatedUser',
      'GetOrganization',
      'ListHostAuthenticationTokens',
      'ListRunners',
      'ListSCMIntegrations',
    ]);
    assert.equal(methods().at(-1), 'ListHostAuthenticationTokens');

    sandbox.resetRecords();
    const next = await (await openWindow()).refresh();
    assert.equal(next.signIns?.tokens.length, own.length);
    assert.deepEqual(methods().sort(), [
      'ListHostAuthenticationTokens',
      'ListRunners',
      'ListSCMIntegrations',
    ]);
  });

  it('do not matter to the rows if the API does not have the call', async () => {
    const body = '<!doctype html><title>404 Not Found</title>';
    sandbox.faults.set('ListHostAuthenticationTokens', {
      kind: 'http',
      status: 404,
      body,
      contentType: 'text/html',
    });
    const inventory = await openWindow();
    const seen = new Set<unknown>();
    inventory.onDidChange(({ retry, error }) => void seen.add(retry).add(error));
    const { kind, data, signIns } = await inventory.refresh();
    assert.deepEqual([kind, signIns], ['ready', undefined]);
    assert.equal(data.integrations.length, sandbox.organization.integrations.length);
    assert.deepEqual([...seen], [undefined]);
  });
});
