import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../../sandbox/secretMarker.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { BARE_RUNNER } from '../inventory/fixtures.ts';
import { clientOf, itemsOf, quiet } from './testClient.ts';

const BARE_INTEGRATION: ScmIntegration = { id: '', runnerId: '', scmId: '', host: '', pat: false };

describe('a decoded answer', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const runners = () => itemsOf(clientOf(sandbox).client.listRunners(quiet));
  const integrations = () => itemsOf(clientOf(sandbox).client.listScmIntegrations(quiet));

  /** The runners in this answer; JSON text, because `__proto__` in an object literal is not a key. */
  function runnersIn(json: string): Promise<Runner[]> {
    sandbox.faults.set('ListRunners', { kind: 'raw', body: `{"runners":[${json}]}` });
    return runners();
  }

  function integrationsIn(json: string): Promise<ScmIntegration[]> {
    sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body: `{"integrations":[${json}]}` });
    return integrations();
  }

  describe('restores', () => {
    it('an empty list', async () => {
      for (const body of [
        '{}',
        '{"pagination":{}}',
        '{"pagination":null,"runners":null,"integrations":null}',
      ]) {
        sandbox.faults.set('ListRunners', { kind: 'raw', body });
        sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body });
        assert.deepEqual(await runners(), []);
        assert.deepEqual(await integrations(), []);
      }
    });

    it('a runner without fields', () => {
      const { kind, phase, autoUpdate, capabilities, gateway, ...others } = BARE_RUNNER;
      assert.deepEqual([kind, phase], ['RUNNER_KIND_UNSPECIFIED', 'RUNNER_PHASE_UNSPECIFIED']);
      assert.deepEqual([autoUpdate, capabilities], [false, []]);
      assert.deepEqual(gateway, { name: '', url: '', region: '' });
      const leaves = JSON.stringify(others).matchAll(/[:[]("[^"]*"|true|false|\d+)/g);
      assert.deepEqual(
        [...leaves]
          .map(([, value]) => value)
          .filter((value) => !/^(?:""|false|"\w+_UNSPECIFIED")$/.test(value ?? '')),
        [],
      );
    });

    for (const json of [
      '{"spec":{},"status":{}}',
      '{"spec":{"configuration":{}},"status":{"capabilities":[]}}',
      '{"runnerId":null,"name":null,"kind":null,"provider":null,"createdAt":null,"spec":null,"status":null}',
      '{"spec":{"configuration":null,"desiredPhase":null},"status":{"phase":null,"capabilities":null}}',
      '{"kind":0,"provider":"","status":{"phase":0,"updatedAt":""},"createdAt":""}',
    ]) {
      it(`the runner ${json}`, async () => {
        assert.deepEqual(await runnersIn(json), [BARE_RUNNER]);
      });
    }

    for (const json of [
      '{}',
      '{"id":null,"runnerId":null,"scmId":null,"host":null,"oauth":null,"pat":null,"virtualDirectory":null}',
      '{"virtualDirectory":"","pat":false}',
    ]) {
      it(`the integration ${json}`, async () => {
        assert.deepEqual(await integrationsIn(json), [BARE_INTEGRATION]);
      });
    }

    for (const json of [
      '{}',
      '{"clientId":""}',
      '{"issuerUrl":null,"encryptedClientSecret":null}',
      '{"encryptedClientSecret":""}',
    ]) {
      it(`OAuth as configured where it is ${json}`, async () => {
        const [integration] = await integrationsIn(`{"oauth":${json}}`);
        assert.deepEqual(integration, { ...BARE_INTEGRATION, oauth: { clientSecretSet: false } });
      });
    }

    it('an identity, a user and an organization without fields', async () => {
      for (const method of ['GetAuthenticatedIdentity', 'GetAuthenticatedUser', 'GetOrganization'] as const) {
        sandbox.faults.set(method, { kind: 'raw', body: '{}' });
      }
      const { client } = clientOf(sandbox);
      const identity = { subjectId: '', principal: 'PRINCIPAL_UNSPECIFIED', organizationId: '' };
      assert.deepEqual(await client.getAuthenticatedIdentity(quiet), identity);
      assert.deepEqual(await client.getAuthenticatedUser(quiet), { id: '', name: '' });
      assert.deepEqual(await client.getOrganization('x', quiet), { id: '', name: '' });
    });
  });

  describe('keeps', () => {
    it('every field of an integration', async () => {
      const all = await integrations();
      const entra = all.find(({ scmId }) => scmId === 'azuredevops_entra');
      assert.deepEqual(entra, {
        ...sandbox.organization.integrations.find(({ scmId }) => scmId === 'azuredevops_entra'),
        oauth: {
          clientId: 'acme-entra',
          issuerUrl: 'https://login.microsoftonline.com/acme.example/v2.0',
          clientSecretSet: true,
        },
      });
      const server = all.find(({ scmId }) => scmId === 'azuredevops_server');
      assert.deepEqual([server?.virtualDirectory, server?.pat, server?.oauth], ['/tfs', true, undefined]);
    });

    it('what a runner does apart from what is wanted of it', async () => {
      const old = (await runners()).find(({ name }) => name === 'frankfurt-old');
      assert.equal(old?.phase, 'RUNNER_PHASE_DELETING');
      assert.equal(old.desiredPhase, 'RUNNER_PHASE_DELETED');
      assert.equal(old.message, 'Waiting for 3 environments to stop.');
      assert.equal(old.statusUpdatedAt, '2026-08-18T07:00:00Z');
    });

    it('a single runner as the list has it', async () => {
      const [first] = await runners();
      assert.ok(first);
      assert.deepEqual(await clientOf(sandbox).client.getRunner(first.id, quiet), first);
    });

    it("a runner's real region, and the configured one until it is known", async () => {
      const spec = '"spec":{"configuration":{"region":"wanted"}}';
      assert.equal((await runnersIn(`{${spec},"status":{"region":"real"}}`))[0]?.region, 'real');
      assert.equal((await runnersIn(`{${spec}}`))[0]?.region, 'wanted');
    });

    it('enum values that it does not know, names and numbers', async () => {
      const [runner] = await runnersIn(
        '{"kind":"RUNNER_KIND_CLUSTER","provider":42,"status":{"phase":99,"capabilities":["RUNNER_CAPABILITY_NEW",77]}}',
      );
      assert.equal(runner?.kind, 'RUNNER_KIND_CLUSTER');
      assert.equal(runner.provider, '42');
      assert.equal(runner.phase, '99');
      assert.deepEqual(runner.capabilities, ['RUNNER_CAPABILITY_NEW', '77']);
    });

    it('the rest where the API has fields that it does not know', async () => {
      const [runner] = await runnersIn('{"name":"new","colour":{"red":1},"status":{"mood":"good"}}');
      assert.deepEqual(runner, { ...BARE_RUNNER, name: 'new' });
    });
  });

  describe('drops', () => {
    it('every secret, and tells only that a client secret is set', async () => {
      const list = await integrations();
      const all = [await runners(), list];
      const text = inspect(all, { depth: 9, showHidden: true }) + JSON.stringify(all);
      assert.ok(!text.includes(SECRET_MARKER));
      assert.ok(!text.includes(SECRET_MARKER_BASE64));
      const { oauth } = list.find((integration) => integration.oauth?.clientId === 'Iv1.acme-eu') ?? {};
      assert.deepEqual(oauth, { clientId: 'Iv1.acme-eu', clientSecretSet: true });
    });

    it('a client secret of any type', async () => {
      for (const secret of ['"planted"', '["planted"]', '{"planted":1}']) {
        const [integration] = await integrationsIn(`{"oauth":{"encryptedClientSecret":${secret}}}`);
        assert.deepEqual(integration?.oauth, { clientSecretSet: true });
      }
    });

    for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      it(`the key ${key}`, async () => {
        const evil = `"${key}":{"id":"evil","host":"evil","pat":true,"polluted":true}`;
        const [integration] = await integrationsIn(`{${evil},"oauth":{${evil},"clientId":"x"}}`);
        assert.deepEqual(
          { ...integration, oauth: integration?.oauth?.clientId },
          { ...BARE_INTEGRATION, oauth: 'x' },
        );
        const [runner] = await runnersIn(`{${evil},"spec":{${evil}},"status":{${evil}}}`);
        assert.deepEqual(runner, BARE_RUNNER);
        assert.equal(Object.getPrototypeOf(runner), Object.prototype);
        assert.ok(!('polluted' in {}));
      });
    }
  });

  it('is frozen', async () => {
    const all = [...(await runners()), ...(await integrations())];
    for (const item of all) {
      const fields: unknown[] = Object.values(item);
      for (const value of [item, ...fields]) {
        assert.ok(Object.isFrozen(value), inspect(value));
      }
    }
  });
});
