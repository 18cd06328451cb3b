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
});
