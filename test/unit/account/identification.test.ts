import assert from 'node:assert/strict';
import type { Account } from '../../../src/account/account.ts';
import { Identification } from '../../../src/account/identification.ts';
import type { OnaApiError } from '../../../src/api/transport/errors.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf } from '../api/testClient.ts';
import { account } from './accounts.ts';

describe('identifying the account of a key', () => {
  let sandbox: Sandbox;
  beforeEach(async () => void (sandbox = await startSandbox()));
  afterEach(() => sandbox.close());

  /** @param known an account whose names are known */
  function identification(known: readonly Account[] = []) {
    const { client } = clientOf(sandbox);
    const connection = { apiUrl: sandbox.url, client, environmentVariable: 'ONA_API_KEY' };
    const found: (string | undefined)[] = [];
    const one = new Identification({ known: () => known, log: () => undefined });
    one.plan(connection, (account) => {
      found.push(`${account.organizationName} · ${account.userName}`);
      return Promise.resolve();
    });
    const ask = async () => {
      one.ask();
      await one.done;
    };
    return { one, ask, found };
  }

  const refuse = (
    ...methods: readonly ('GetAuthenticatedIdentity' | 'GetOrganization' | 'GetAuthenticatedUser')[]
  ) =>
    methods.forEach((method) =>
      sandbox.faults.set(method, { kind: 'connect', code: 'internal', message: '' }),
    );

  it('is tried again only if it has failed and was not stopped', async () => {
    const { one, ask, found } = identification();
    const { name } = sandbox.organization.profile;
    refuse('GetAuthenticatedIdentity');
    one.ask();
    await ask();
    assert.equal(sandbox.requests.length, 1, 'not while it runs');
    assert.equal((one.problem as OnaApiError).code, 'internal');
    sandbox.faults.clear();
    await ask();
    assert.deepEqual([found, one.problem], [[`${name} · Jane Doe`], undefined]);
    const sent = sandbox.requests.length;
    await ask();
    assert.equal(sandbox.requests.length, sent, 'not after it has succeeded');
  });

  it('is not tried again for somebody who has signed out', async () => {
    const { one, ask } = identification();
    refuse('GetAuthenticatedIdentity');
    await ask();
    one.stop();
    const sent = sandbox.requests.length;
    await ask();
    assert.equal(sandbox.requests.length, sent);
    assert.equal(one.problem, undefined);
  });

  it('goes on until the organization has a name', async () => {
    const { ask, found } = identification();
    const { id, name } = sandbox.organization.profile;
    refuse('GetOrganization', 'GetAuthenticatedUser');
    await ask();
    sandbox.faults.clear();
    await ask();
    assert.deepEqual(found, [`${id} · undefined`, `${name} · Jane Doe`]);
  });

  it('is over if the API refuses to name the organization', async () => {
    const { ask, found } = identification();
    sandbox.faults.set('GetOrganization', { kind: 'connect', code: 'permission_denied', message: '' });
    await ask();
    const sent = sandbox.requests.length;
    await ask();
    assert.equal(sandbox.requests.length, sent);
    assert.deepEqual(found, [`${sandbox.organization.profile.id} · Jane Doe`]);
  });

  it('keeps the names that are known if the API does not return them', async () => {
    const { id } = sandbox.organization.profile;
    const before = account(new URL(sandbox.url).origin, id, { organizationName: 'Acme of old' });
    const { ask, found } = identification([before]);
    refuse('GetOrganization', 'GetAuthenticatedUser');
    await ask();
    assert.deepEqual(found, ['Acme of old · Jane']);
  });

  it('is a problem if the key belongs to no organization, and is tried again', async () => {
    const { one, ask, found } = identification();
    sandbox.faults.set('GetAuthenticatedIdentity', { kind: 'raw', body: '{}' });
    await ask();
    assert.deepEqual([found, one.problem], [[], 'noOrganization']);
    sandbox.faults.clear();
    await ask();
    assert.deepEqual([found.length, one.problem], [1, undefined]);
  });
});
