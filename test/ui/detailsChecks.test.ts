import assert from 'node:assert/strict';
import { type AccessState, type ItemChecks, NO_CHECKS } from '../../src/checks/checkState.ts';
import { runnerNamed } from '../sandbox/lookup.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import { integrationEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';
import { AS_OF } from '../unit/inventory/withStatuses.ts';
import { answersIn } from '../unit/views/details/shownDetails.ts';
import type { BareDetails } from './bareDetails.ts';
import { modelOf } from './modelOf.ts';
import { test } from './test.ts';

const RUNNER = 'eu-production';
const HOST = 'github.com';

const NOT_SIGNED_IN: AccessState = {
  lastAnswer: { result: { signedIn: false, wasSignedIn: false }, at: AS_OF },
};

/** Shows an integration with what its runner was asked. */
async function show(details: BareDetails, checks: Partial<ItemChecks>, host = HOST): Promise<void> {
  const all = { ...NO_CHECKS, ...checks };
  const facts = { checksOf: () => all, answersOf: () => answersIn(all) };
  const { ref } = integrationEntry(sampleEntries(), RUNNER, host);
  await details.show(modelOf(sampleOrganization(), RUNNER, host, facts), { ref, pinned: false });
}

test.describe('the buttons that ask the runner', () => {
  test('stand in the status, and work by keyboard', async ({ details }) => {
    await show(details, {});
    const status = details.frame.getByRole('region', { name: 'Status' });
    assert.deepEqual(await status.getByRole('button').allInnerTexts(), ['Check My Access', 'Validate']);
    assert.ok(!(await details.actions()).includes('Validate'), 'only there');
    await details.button('Check My Access').press('Enter');
    assert.deepEqual((await details.sent()).at(-1), { type: 'action', id: 'onaScm.checkAccess' });
    await details.button('Validate').press('Space');
    assert.deepEqual((await details.sent()).at(-1), { type: 'action', id: 'onaScm.validate' });
  });

  test('are replaced by the reason if the runner cannot be asked', async ({ details }) => {
    const organization = sampleOrganization();
    runnerNamed(organization, RUNNER).status = { phase: 'RUNNER_PHASE_INACTIVE' };
    await details.show(modelOf(organization, RUNNER, HOST));
    const status = details.frame.getByRole('region', { name: 'Status' });
    await status.getByText('eu-production is offline, so it cannot be asked.').waitFor();
    assert.deepEqual(await status.getByRole('button').allInnerTexts(), ['Runner Settings']);
  });

  test('say that they run, keep the focus, and cannot be pressed again', async ({ details }) => {
    await show(details, {});
    await details.button('Check My Access').focus();
    await show(details, { access: { running: true } });
    const running = details.button('Checking…');
    await running.waitFor();
    assert.equal(await details.frame.locator('button:focus').innerText(), 'Checking…');
    assert.equal(await running.getAttribute('aria-disabled'), 'true');
    assert.equal(await details.button('Validate').getAttribute('aria-disabled'), 'false');
    const sent = (await details.sent()).length;
    await running.press('Enter');
    assert.equal((await details.sent()).length, sent);
    await show(details, { access: NOT_SIGNED_IN });
    await details.button('Check My Access').waitFor();
    assert.equal(await details.frame.locator('button:focus').innerText(), 'Check My Access');
  });

  test('spin unless reduced motion is set', async ({ details }) => {
    await show(details, { validation: { running: true } });
    await details.button('Validating…').waitFor();
    const animation = () =>
      details.page.evaluate<string>(`getComputedStyle(document.querySelector('.spinner')).animationName`);
    await details.page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.equal(await animation(), 'spin');
    await details.page.evaluate(`document.body.classList.add('vscode-reduce-motion')`);
    assert.equal(await animation(), 'none', 'as set in VS Code');
    await details.page.evaluate(`document.body.classList.remove('vscode-reduce-motion')`);
    await details.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await animation(), 'none', 'as set in the system');
  });
});

test.describe('the result of a check', () => {
  const SENTENCE = `${RUNNER} says that you are not signed in to ${HOST}.`;

  test('is announced to screen readers only as a change of the status: a notification says the rest', async ({
    details,
  }) => {
    const announcement = details.frame.getByRole('status');
    await show(details, {});
    await show(details, { access: { running: true } });
    await details.button('Checking…').waitFor();
    await show(details, { access: NOT_SIGNED_IN });
    await details.button('Check My Access').waitFor();
    assert.equal(await announcement.innerText(), '');
    const errors = [{ field: 'host', text: 'no such host' }] as const;
    const validation = { lastAnswer: { result: { valid: false, errors }, at: AS_OF } };
    await show(details, { access: NOT_SIGNED_IN, validation });
    await announcement.getByText('Status: Broken.', { exact: true }).waitFor();
  });

  test('is a row of the status, with source and time, and a hint at each invalid field', async ({
    details,
  }) => {
    const errors = [{ field: 'host', text: 'no such host' }] as const;
    const validation = { lastAnswer: { result: { valid: false, errors }, at: AS_OF } };
    await show(details, { access: NOT_SIGNED_IN, validation });
    const { 'Status: Access': access = '' } = await details.fields();
    assert.match(
      access,
      new RegExp(`^${SENTENCE.replaceAll('.', '\\.')}, asked ${RUNNER} (?:at|on) .*\\d\\d:\\d\\d$`),
    );
    assert.match(
      (await details.hints())['Host'] ?? '',
      /^According to eu-production \(asked .*\d\d:\d\d\): no such host$/,
    );
  });
});
