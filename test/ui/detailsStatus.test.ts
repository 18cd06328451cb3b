import assert from 'node:assert/strict';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import { integrationEntry, sampleEntries, sampleSignIns } from '../unit/inventory/sampleEntries.ts';
import { AS_OF, signInsOf, tokenOf } from '../unit/inventory/withStatuses.ts';
import { modelOf } from './modelOf.ts';
import { test } from './test.ts';

test.describe('the status on the details page', () => {
  test('comes first, with a button for each reason that only names it', async ({ details }) => {
    const organization = sampleOrganization();
    await details.show(modelOf(organization, 'us-staging', 'github.acme.example'));
    const headings = await details.frame.getByRole('heading').allInnerTexts();
    assert.deepEqual(headings.slice(0, 4), [
      'github.acme.example',
      'Status',
      'Runner us-staging',
      'Integration',
    ]);
    const status = details.frame.getByRole('region', { name: 'Status' });
    assert.deepEqual(await status.locator('.state').allInnerTexts(), ['Broken', 'Needs attention']);
    const reasons = status.getByRole('listitem');
    const [own = '', ofRunner = ''] = await reasons.allInnerTexts();
    assert.match(own, /^Nobody can sign in to github\.acme\.example: .*\n+list of integrations/);
    assert.match(ofRunner, /^us-staging is degraded: Cannot reach tfs/);
    const button = reasons.first().getByRole('button', { name: 'Runner Settings' });
    await button.press('Enter');
    assert.deepEqual((await details.sent()).at(-1), { type: 'wayOut', key: 'own-noSignIn-0' });
    const description = (await button.getAttribute('aria-describedby')) ?? '-';
    await details.frame
      .locator(`[id="${description}"]`)
      .getByText(/^Nobody can sign in/)
      .waitFor();
  });

  test('has what is known of the item before what is known of its runner', async ({ details }) => {
    const organization = sampleOrganization();
    const { signIns } = sampleSignIns(organization);
    await details.show(modelOf(organization, 'us-staging', 'github.com', { signIns }));
    const text = await details.frame.getByRole('region', { name: 'Status' }).innerText();
    assert.match(
      text,
      /Not checked: .*\s+Sign-in\s+As of .*\s+Connect…\s+Check My Access\s+Validate\s+Runner us-staging\s+Needs attention/,
    );
  });

  test('keeps the focus and the scroll position when another reason arrives', async ({ details }) => {
    const organization = sampleOrganization();
    const { ref } = integrationEntry(sampleEntries(), 'eu-production', 'gitlab.acme.example:8443');
    const { runnerId, host } = ref;
    const { signIns } = signInsOf([tokenOf({ runnerId, host, expiresAt: AS_OF.toISOString() })]);
    const show = () =>
      details.show(modelOf(organization, 'eu-production', host, { signIns }), { ref, pinned: false });
    await show();
    const button = details.frame.getByRole('button', { name: 'Connect…' });
    await button.focus();
    const scrolled = () => details.scroller.evaluate((element: { scrollTop: number }) => element.scrollTop);
    await details.scroller.evaluate((element: { scrollTop: number }) => (element.scrollTop = 40));
    integrationAt(organization, 'eu-production', host).virtualDirectory = '/x';
    await show();
    await details.frame.getByRole('listitem').filter({ hasText: 'A virtual directory is set' }).waitFor();
    assert.equal(await details.frame.locator('button:focus').innerText(), 'Connect…');
    assert.equal(await scrolled(), 40);
  });

  test('is read to screen readers when it changes, but not when another item is shown', async ({
    details,
  }) => {
    const organization = sampleOrganization();
    const announcement = details.frame.getByRole('status');
    const state = (host: string) => ({
      ref: integrationEntry(sampleEntries(), 'eu-production', host).ref,
      pinned: false,
    });
    const show = (host: string) => details.show(modelOf(organization, 'eu-production', host), state(host));
    await show('bitbucket.org');
    await show('github.com');
    assert.equal(await announcement.innerText(), '');
    integrationAt(organization, 'eu-production', 'github.com').virtualDirectory = '/x';
    await show('github.com');
    await announcement.getByText('Status: Needs attention.').waitFor();
    runnerNamed(organization, 'eu-production').status = { phase: 'RUNNER_PHASE_INACTIVE' };
    await show('github.com');
    await announcement.getByText('Status: Needs attention. Runner eu-production: Broken.').waitFor();
  });

  test('has no sign of health for what is only configured', async ({ details }) => {
    await details.show(modelOf(sampleOrganization(), 'eu-production', 'github.com'));
    await details.frame.getByText('Not checked: nothing is known against it').waitFor();
    assert.equal(await details.frame.locator('main .icon-check').count(), 0);
  });

  test('has one for what the runner has confirmed, with when that was', async ({ details }) => {
    const at = new Date('2026-11-27T14:00:00Z');
    const answersOf = () => ({ access: { signedIn: true, at, wasSignedIn: false } });
    await details.show(modelOf(sampleOrganization(), 'eu-production', 'github.com', { answersOf }));
    const status = details.frame.getByRole('region', { name: 'Status' });
    assert.equal(await status.locator('.state .icon-check').count(), 1);
    assert.equal(await status.locator('.state').innerText(), 'Works');
    await status.getByText('eu-production confirmed the sign-in to github.com.').waitFor();
    await status.getByText(/^asked eu-production (?:at|on) .*14:00/).waitFor();
  });

  test('says which sign-in is on record, and offers to renew a token', async ({ ona }) => {
    await ona.expand(/^Runner eu-production/);
    await ona.showDetails(/^Integration gitlab\.acme/, 'gitlab.acme.example:8443');
    const status = ona.details.frame.getByRole('region', { name: 'Status' });
    await status.getByText('Needs attention').waitFor();
    await status.getByText(/a sign-in of yours is on record: personal access token/).waitFor();
    await status.getByText('api, read_repository, read_user', { exact: true }).waitFor();
    await status.getByText('According to eu-production: Needs the scopes api, read_repository').waitFor();
    const reason = status.getByRole('listitem').filter({ hasText: 'Your personal access token for' });
    await reason.getByRole('button', { name: 'Connect…' }).waitFor();
  });

  test('opens the page that helps', async ({ scene, ona }) => {
    await ona.expand(/^Runner us-staging/);
    await ona.showDetails(/^Integration github\.acme/, 'github.acme.example');
    const reason = ona.details.frame.getByRole('listitem').filter({ hasText: 'Nobody can sign in' });
    const popup = ona.page.waitForEvent('popup');
    await reason.getByRole('button', { name: 'Runner Settings' }).click();
    const { runnerId = '-' } = runnerNamed(scene.sandbox.organization, 'us-staging');
    assert.match((await popup).url(), new RegExp(`/settings/runners/${runnerId}$`));
  });
});
