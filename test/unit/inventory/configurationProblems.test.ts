import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { configurationProblems } from '../../../src/inventory/configurationProblems.ts';
import { integrationOf } from './fixtures.ts';
import { groupByRunner } from './groupByRunner.ts';
import { integrationEntryOf } from './integrationEntryOf.ts';

const OAUTH = { clientId: 'client', clientSecretSet: true };
const ISSUED = { ...OAUTH, issuerUrl: 'https://login.microsoftonline.com/acme.example/v2.0' };

const problems = (scmId: string, fields: Partial<ScmIntegration>) => [
  ...configurationProblems(integrationEntryOf({ scmId, pat: false, ...fields })),
];

describe('problems of a configuration', () => {
  it('are none where the rules of the provider are kept', () => {
    for (const scmId of ['github', 'gitlab', 'bitbucket']) {
      assert.deepEqual(problems(scmId, { oauth: OAUTH, pat: true }), []);
    }
    assert.deepEqual(problems('azuredevops_entra', { oauth: ISSUED }), []);
    assert.deepEqual(problems('azuredevops_entra', { pat: true }), [], 'without OAuth no issuer is needed');
    assert.deepEqual(problems('azuredevops_server', { pat: true, virtualDirectory: '/tfs' }), []);
  });

  it('are there where nobody can sign in, whatever the provider', () => {
    assert.deepEqual(problems('github', {}), ['noSignIn']);
    assert.deepEqual(problems('forgejo', {}), ['noSignIn']);
    assert.deepEqual(problems('azuredevops_server', { virtualDirectory: '/tfs' }), ['noSignIn']);
  });

  it('are there where Azure DevOps lacks what it needs', () => {
    assert.deepEqual(problems('azuredevops_entra', { oauth: OAUTH, pat: true }), ['issuerMissing']);
    assert.deepEqual(problems('azuredevops_server', { pat: true }), ['directoryMissing']);
    assert.deepEqual(problems('azuredevops_server', { oauth: OAUTH, virtualDirectory: '/tfs' }), [
      'oauthUnsupported',
      'patMissing',
    ]);
  });

  it('are there where a provider is given what it does not use', () => {
    assert.deepEqual(problems('gitlab', { oauth: ISSUED }), ['issuerUnused']);
    assert.deepEqual(problems('github', { pat: true, virtualDirectory: '/tfs' }), ['directoryUnused']);
    assert.deepEqual(problems('azuredevops_entra', { pat: true, virtualDirectory: '/tfs' }), [
      'directoryUnused',
    ]);
  });

  it('are there where a runner has two integrations for a host, whatever the provider', () => {
    const [runner] = groupByRunner({
      runners: [],
      integrations: [
        integrationOf({ id: '1' }),
        integrationOf({ id: '2', scmId: 'forgejo', host: 'GitHub.com' }),
      ],
    });
    for (const entry of runner?.integrations ?? []) {
      assert.deepEqual([...configurationProblems(entry)], ['duplicateHost']);
    }
  });

  it('are not guessed for a provider that is not known', () => {
    assert.deepEqual(problems('forgejo', { oauth: ISSUED, virtualDirectory: '/git' }), []);
  });
});
