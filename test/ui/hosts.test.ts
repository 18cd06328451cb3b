import assert from 'node:assert/strict';
import { integrationAt } from '../sandbox/lookup.ts';
import { test } from './test.ts';

test.describe('hosts', () => {
  test('have one group for all spellings, and the details name what is unusual', async ({ scene, ona }) => {
    const { organization } = scene.sandbox;
    integrationAt(organization, 'us-staging', 'github.com').host = 'https://github.com:443/';
    integrationAt(organization, 'us-staging', 'github.acme.example').host = 'github.com.';
    await scene.refresh(ona);
    await ona.runCommand('Group by Host');
    await ona.expand(/^Host github\.com: .*6 integrations/);
    await ona.showDetails(/^Integration github\.com\. on us-staging/, 'github.com.');
    const unusual = 'The usual one is github.com; other tools may compare hosts exactly.';
    assert.equal(
      (await ona.details.hints())['Host'],
      `Unusual spelling (dot at the end). ${unusual} us-staging has another integration for this host.`,
    );
    const fields = await ona.details.fields();
    assert.equal(
      fields['Same Host on Other Runners: eu-production'],
      'github.com, OAuth, personal access token',
    );
    await ona.details.button('https://github.com:443/').click();
    await ona.details.waitFor('https://github.com:443/');
    assert.equal(
      (await ona.details.hints())['Host'],
      `Unusual spelling (scheme, default port, and extra slash). ${unusual} us-staging has another integration for this host.`,
    );
  });
});
