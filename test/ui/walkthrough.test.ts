import assert from 'node:assert/strict';
import { signedOutTest as test } from './test.ts';

test.describe('the walkthrough', () => {
  test('leads from the welcome view to the rows, and marks what is done', async ({ scene, ona }) => {
    await ona.openView();
    await ona.welcome.getByText('Take a short tour').click();
    const tour = ona.page.locator('.gettingStartedContainer');
    const states = async () =>
      (await tour.ariaSnapshot()).match(/(?<=checkbox ")[^"]+: (?:Not c|C)ompleted/g) ?? [];
    await tour
      .getByRole('heading', { name: 'Get Started with SCM Integrations for Ona', level: 2 })
      .waitFor();
    assert.deepEqual(await states(), [
      'Sign in to Ona: Not completed',
      'See what each runner can reach: Not completed',
      'View and copy details: Not completed',
      'Switch between organizations: Not completed',
    ]);

    await tour.getByRole('button', { name: 'Sign In', exact: true }).click();
    await ona.pick(/^Enter an API Key/);
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.waitForSample();
    await tour.getByRole('checkbox', { name: 'Sign in to Ona: Completed' }).waitFor();
    await tour.getByRole('checkbox', { name: 'See what each runner can reach: Completed' }).waitFor();

    await tour.getByRole('heading', { name: 'Switch between organizations' }).click();
    await tour.getByRole('button', { name: 'Switch Organization…' }).click();
    await ona.quickPickRow(/^Acme · Jane Doe/).waitFor();
    await tour.getByRole('checkbox', { name: 'Switch between organizations: Completed' }).waitFor();
  });
});
