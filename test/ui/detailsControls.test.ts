import assert from 'node:assert/strict';
import { integrationAt, runnerNamed } from '../sandbox/lookup.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import { integrationEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';
import { modelOf } from './modelOf.ts';
import { test } from './test.ts';

test.describe('the controls of the details page', () => {
  test('offers every action that can work, and none that cannot', async ({ details }) => {
    const organization = sampleOrganization();
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example'));
    assert.deepEqual(await details.actions(), [
      'Copy ID',
      'Open Host',
      'Keep Open',
      'Refresh',
      'Open as JSON',
      'Copy as curl',
      'Copy Link',
      'Copy as Terraform Import Block',
      'Copy Diagnosis',
      'Runner Settings',
      'Documentation',
    ]);
    const tfs = integrationAt(organization, 'us-staging', 'tfs.acme.example');
    tfs.host = 'ssh://tfs';
    delete tfs.id;
    await details.show(modelOf(organization, 'us-staging', 'ssh://tfs'));
    assert.deepEqual(await details.actions(), [
      'Keep Open',
      'Refresh',
      'Open as JSON',
      'Copy as curl',
      'Copy Diagnosis',
      'Runner Settings',
      'Documentation',
    ]);
    assert.equal((await details.fields())['Integration: Integration ID'], 'not reported');
    // Terraform cannot take over what Ona operates.
    await details.show(modelOf(organization, 'Ona Cloud (eu)', 'github.com'));
    const ofManaged = await details.actions();
    assert.ok(ofManaged.includes('Copy Link') && !ofManaged.includes('Copy as Terraform Import Block'));
    await details.show(modelOf(organization, 'eu-production'));
    assert.deepEqual(await details.actions(), [
      'Copy Runner ID',
      'Keep Open',
      'Refresh',
      'Open as JSON',
      'Copy as curl',
      'Copy Diagnosis',
      'Runner Settings',
    ]);
  });

  test('keeps focus, scroll position and what is open when its values change', async ({ details }) => {
    const organization = sampleOrganization();
    const model = () => modelOf(organization, 'us-staging', 'tfs.acme.example');
    const state = {
      ref: integrationEntry(sampleEntries(), 'us-staging', 'tfs.acme.example').ref,
      pinned: true,
    };
    await details.show(model(), state);
    await details.expandMore();
    assert.equal(await details.button('Copy Runner Manager ID').count(), 0, 'nothing to copy, no button');
    const button = details.button('Copy Version');
    await button.focus();
    await details.scroller.evaluate((node) => ((node as { scrollTop: number }).scrollTop = 120));
    const staging = runnerNamed(organization, 'us-staging');
    assert.ok(staging.status);
    staging.status.version = '20261124.1';
    await details.show(model(), state);
    await details.frame.getByText('20261124.1').waitFor();
    await details.frame.getByText('linux/amd64').waitFor();
    assert.equal(await details.page.evaluate('document.activeElement.ariaLabel'), 'Copy Version');
    assert.equal(await details.page.evaluate('document.documentElement.scrollTop'), 120);
    await details.button('Keep Open').press('Enter');
    assert.deepEqual((await details.sent()).at(-1), { type: 'action', id: 'onaScm.keepDetails' });
    await details.show(modelOf(organization, 'us-staging', 'tfs.acme.example', { pinned: true }), state);
    await details.button('Keep Open').waitFor({ state: 'detached' });
    assert.equal(
      await details.page.evaluate('document.activeElement.innerText'),
      'Open Host',
      'the focus goes to what is beside',
    );
  });

  test('leads the keyboard to everything that can be done, in the order of the page', async ({ details }) => {
    await details.show(modelOf(sampleOrganization(), 'us-staging', 'tfs.acme.example'));
    await details.expandMore();
    const controls = details.frame.locator('main').locator('button:visible, a:visible, summary:visible');
    const nameOf = (node: unknown) => {
      const { innerText, ariaLabel } = node as { innerText: string; ariaLabel: string | null };
      return ariaLabel ?? innerText.trim();
    };
    const names = await Promise.all((await controls.all()).map((control) => control.evaluate(nameOf)));
    assert.ok(names.includes('Copy as curl') && names.includes('Copy Runner ID'));
    await controls.first().focus();
    const reached: string[] = [];
    while (reached.length < names.length) {
      const focused = await details.page.evaluateHandle('document.activeElement');
      reached.push(await focused.evaluate(nameOf));
      await details.page.keyboard.press('Tab');
    }
    assert.deepEqual(reached, names);
  });
});
