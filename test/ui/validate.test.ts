import assert from 'node:assert/strict';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { test } from './test.ts';

test('validating configurations explains itself once, and says what the runner found', async ({ scene }) => {
  const ona = await scene.newWindow();
  await ona.openView();
  await scene.restartFresh(ona);
  await scene.refresh(ona);
  const { organization, faults } = scene.sandbox;
  const runnerId = runnerNamed(organization, 'eu-production').runnerId ?? '';
  organization.validations = [
    {
      runnerId,
      host: 'bitbucket.org',
      answers: [{ scmIdError: 'no such provider', hostError: 'not reachable' }],
    },
  ];
  const calls = () => scene.sandbox.requests.filter(({ method }) => method === 'ValidateRunnerConfiguration');
  await ona.expand(/^Runner eu-production/);

  const github = ona.row(/^Integration github\.com/);
  const explained = ona.modal.getByText(
    'Asks the runner eu-production to test host, provider, client and issuer. No secret is sent.',
  );
  await ona.contextMenu(github, 'Validate Configuration');
  await explained.waitFor();
  await ona.modal.getByRole('button', { name: 'Cancel' }).click();
  await explained.waitFor({ state: 'hidden' });
  assert.equal(calls().length, 0);

  await ona.contextMenu(github, 'Validate Configuration');
  await explained.waitFor();
  await ona.modal.getByRole('button', { name: 'Validate', exact: true }).click();
  await ona.notification(
    'eu-production found the configuration valid. The client secret was not sent to it.',
  );
  const { id } = integrationAt(organization, 'eu-production', 'github.com');
  assert.deepEqual(
    calls().map(({ body }) => body),
    [
      {
        runnerId,
        scmIntegration: { id, scmId: 'github', host: 'github.com', pat: true, oauthClientId: 'Iv1.acme-eu' },
      },
    ],
  );
  await ona.clearNotifications();

  const bitbucket = ona.row(/^Integration bitbucket\.org/);
  await ona.contextMenu(bitbucket, 'Validate Configuration');
  await ona.notification(
    'eu-production found the configuration invalid: Provider: no such provider; Host: not reachable.',
  );
  await ona.row(/^Integration bitbucket\.org: broken/).waitFor();
  await ona.notifications.getByRole('button', { name: 'Show Details' }).waitFor();
  await ona.clearNotifications();

  // All of the runner's, from the first to the last.
  await bitbucket.click();
  await ona.row(/^Integration gitlab\.acme/).click({ modifiers: ['Shift'] });
  await ona.runCommand('Validate Configuration');
  await ona.notification('4 validated: 3 valid, 1 invalid.');
  await ona.notifications.getByRole('button', { name: 'Show', exact: true }).click();
  await ona.waitForMessage('8 of 29 rows have problems');
  await ona.titleAction('Show All').click();
  await ona.message.waitFor({ state: 'hidden' });

  await ona.clearNotifications();
  faults.set('ValidateRunnerConfiguration', { kind: 'connect', code: 'permission_denied', message: 'no' });
  await ona.contextMenu(github, 'Validate Configuration');
  await ona.notification(/^This API key .*runner administrator/);
  await github.waitFor();
  await ona.clearNotifications();

  await ona.expand(/^Runner Ona Cloud/);
  await ona.contextMenu(ona.row(/^Integration github\.com: .*managed by Ona/), 'Validate Configuration');
  await ona.notification(
    'Validate Configuration: The integration for github.com on Ona Cloud (eu) is managed by Ona, so it is not validated.',
  );
});
