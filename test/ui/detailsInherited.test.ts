import assert from 'node:assert/strict';
import { deterministicUuid } from '../sandbox/deterministicUuid.ts';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { test } from './test.ts';

test.describe('the details of an integration on Ona Cloud', () => {
  for (const { kind, isInherited, words } of [
    { kind: 'of the organization', isInherited: false, words: 'on Ona Cloud' },
    { kind: 'inherited', isInherited: true, words: 'managed by Ona' },
  ]) {
    test(`say if it is ${kind}, which the API is asked once`, async ({ scene, ona }) => {
      const { organization } = scene.sandbox;
      const github = integrationAt(organization, 'Ona Cloud (eu)', 'github.com');
      // Each test has its own: an answer counts as long as the session.
      github.id = deterministicUuid(`Ona Cloud, ${kind}`);
      organization.inheritedIds = isInherited ? [github.id] : [];
      await scene.refresh(ona);
      scene.sandbox.resetRecords();
      await ona.expand(/^Runner Ona Cloud/);
      await ona.showDetails(/^Integration github\.com: .*Ona/, 'github.com');
      await ona.details.frame.getByText(`GitHub on Ona Cloud (eu), ${words}`).waitFor();
      const terraform = ona.details.button('Copy as Terraform Import Block');
      await terraform.waitFor({ state: isInherited ? 'detached' : 'visible' });
      Object.assign(runnerNamed(organization, 'Ona Cloud (eu)').status ?? {}, { version: '20261127.1' });
      await ona.refresh();
      await ona.details.frame.getByText('20261127.1', { exact: true }).waitFor();
      await ona.details.frame.getByText(`GitHub on Ona Cloud (eu), ${words}`).waitFor();
      const asked = scene.sandbox.requests.filter(({ method }) => method === 'GetSCMIntegration');
      assert.equal(asked.length, 1);
    });
  }
});
