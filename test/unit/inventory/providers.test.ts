import assert from 'node:assert/strict';
import { providerOf } from '../../../src/inventory/providers.ts';

describe('providers', () => {
  it('lead to their page of the documentation, others to its overview', () => {
    const page = (scmId: string) =>
      providerOf(scmId).docsUrl.replace('https://ona.com/docs/ona/source-control/', '');
    assert.deepEqual(
      ['github', 'gitlab', 'bitbucket', 'azuredevops_entra', 'azuredevops_server', 'forgejo', ''].map(page),
      ['github', 'gitlab', 'overview', 'azuredevops', 'azuredevops', 'overview', 'overview'],
    );
  });

  it('have abilities only where they are known', () => {
    const signIn = (scmId: string) => {
      const { abilities } = providerOf(scmId);
      return abilities && [abilities.oauth, abilities.pat];
    };
    assert.deepEqual(signIn('github'), ['supported', 'supported']);
    assert.deepEqual(signIn('bitbucket'), ['supported', 'planned']);
    assert.deepEqual(signIn('azuredevops_server'), ['unsupported', 'supported']);
    assert.equal(signIn('forgejo'), undefined);
    assert.equal(signIn('constructor'), undefined);
  });

  it('support what the runner says, which may be newer than what is known here', () => {
    const schema = {
      scmId: 'azuredevops_server',
      name: 'ADO Server',
      defaultHosts: [],
      oauth: { callbackUrl: 'https://app.ona.com/callback' },
    };
    const { name, abilities } = providerOf('azuredevops_server', schema);
    assert.equal(name, 'Azure DevOps Server', 'one name everywhere');
    assert.deepEqual(abilities, {
      oauth: 'supported',
      pat: 'unsupported',
      issuerUrl: false,
      virtualDirectory: true,
    });
  });

  it('keep their abilities if the runner names no sign-in method at all', () => {
    const abilitiesOf = (scmId: string) =>
      providerOf(scmId, { scmId, name: 'Git', defaultHosts: [] }).abilities;
    assert.deepEqual(abilitiesOf('github'), providerOf('github').abilities);
    assert.equal(abilitiesOf('forgejo'), undefined);
  });

  it('that only the runner knows have the name that it gives them', () => {
    const forgejo = {
      scmId: 'forgejo',
      name: 'Forgejo',
      defaultHosts: [],
      pat: { description: '', docsUrl: '' },
    };
    const { name, abilities } = providerOf('forgejo', forgejo);
    assert.equal(name, 'Forgejo');
    assert.deepEqual([abilities?.oauth, abilities?.pat], ['unsupported', 'supported']);
    assert.deepEqual([abilities?.issuerUrl, abilities?.virtualDirectory], [undefined, undefined]);
    assert.equal(providerOf('forgejo', { ...forgejo, name: '' }).name, 'forgejo');
  });

  it('are the same objects as long as the runner says the same', () => {
    const schema = { scmId: 'github', name: 'GitHub', defaultHosts: [] };
    assert.equal(providerOf('github', schema), providerOf('github', schema));
  });
});
