import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { askedAbout } from '../../src/checks/askedAbout.ts';
import { KeptAnswers } from '../../src/checks/keptAnswers.ts';
import { refKey } from '../../src/inventory/itemRef.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { integrationEntry, sampleEntries } from '../unit/inventory/sampleEntries.ts';
import { keptFiles } from './keptFiles.ts';
import type { OnaPage } from './onaPage.ts';
import type { Scene } from './scene.ts';
import { testOn } from './test.ts';
import { until } from './until.ts';

/** A server of its own: no other test has cached rows there. */
const test = testOn({});

test.describe('the next start', () => {
  let scene: Scene;
  let ona: OnaPage;
  test.beforeEach(async ({ scene: stage, ona: window }) => {
    scene = stage;
    ona = window;
    await ona.signIn(scene.sandbox.apiKey);
    await ona.whenStored('"organizationName":"Acme"');
    await until(async () => (await files()).map((file) => file.endsWith('.rows')), [true]);
  });

  const files = () => keptFiles(scene);

  test('shows the last rows at once, as of when they were read, until the API has answered', async () => {
    const rows = await ona.rows();
    scene.sandbox.faults.set('ListRunners', { kind: 'hang' });
    scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang' });
    await ona.reload();
    await ona.message.getByText(/^As of \d\d:\d\d\.$/).waitFor();
    await until(() => ona.rows(), rows);
    await until(() => ona.title(), 'Ona SCM: Acme');

    scene.sandbox.faults.clear();
    Object.assign(scene.sandbox.organization.runners[0] ?? {}, { name: 'eu-renamed' });
    await ona.reload();
    await ona.row(/^Runner eu-renamed/).waitFor();
    await ona.message.waitFor({ state: 'hidden' });
  });

  test('names the day of rows that were read on another one, above them and in the details', async () => {
    const [file = ''] = await files();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"asOf":"[^"]+"/, '"asOf":"2026-02-03T12:04:05.000Z"'));
    scene.sandbox.latencyMs = 60_000;
    await ona.reload();
    await ona.message.getByText(/^As of Feb [34], 2026, \d\d:\d\d\.$/).waitFor();
    await ona.contextMenu(ona.row(/^Runner us-staging/), 'Show Details');
    await ona.details.frame.getByText(/^As of Feb [34], 2026, \d\d:\d\d:05$/).waitFor();
  });

  test('marks what has changed since the last window, and tells since when', async () => {
    const [file = ''] = await files();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/"asOf":"[^"]+"/, '"asOf":"2026-02-03T12:04:05.000Z"'));
    const { runners } = scene.sandbox.organization;
    runners.push({
      runnerId: randomUUID(),
      name: 'fresh-runner',
      kind: 'RUNNER_KIND_REMOTE',
      status: { phase: 'RUNNER_PHASE_ACTIVE' },
    });
    await ona.reload();
    await ona.row(/^Runner fresh-runner: .*, new$/).waitFor();
    await ona.runCommand('Show Changes');
    const line = (content: string | RegExp) => ona.page.locator('.view-line', { hasText: content }).first();
    await line(/Since\sFeb\s[34],\s2026,\s\d\d:\d\d/).waitFor();
    await line('Runner fresh-runner: added').waitFor();
  });

  test('shows what the organization is called now, and the one after it knows that from the start', async () => {
    Object.assign(scene.sandbox.organization.profile, { name: 'Globex' });
    await ona.reload();
    await until(() => ona.title(), 'Ona SCM: Globex');
    await ona.whenStored('"organizationName":"Globex"');
    scene.sandbox.latencyMs = 60_000;
    await ona.reload();
    await until(() => ona.title(), 'Ona SCM: Globex');
  });

  test('keeps them where the API fails, and says so', async () => {
    const rows = await ona.rows();
    scene.sandbox.keys.delete(scene.sandbox.apiKey);
    await ona.reload();
    await ona.message.getByText(/^Stale since \d\d:\d\d: .*rejected the API key/).waitFor();
    // Sign-ins are not kept.
    await ona.waitForSample('unknown');
    scene.sandbox.keys.set(scene.sandbox.apiKey, { principal: 'user' });
    await ona.titleAction('Sign In Again').click();
    await ona.enterKey(scene.sandbox.apiKey);
    await ona.message.waitFor({ state: 'hidden' });
    await until(() => ona.rows(), rows);
  });

  test('does without a file that cannot be read, with a line in the log', async () => {
    const [file = ''] = await files();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, -100));
    await ona.reload();
    await ona.waitForSample();
    await ona.runCommand('Show Log');
    await ona.page.locator('.part.panel').getByText('Discarded the cached data').first().waitFor();
  });

  test('keeps the rows of another user of the server who is signed in to the same organization', async () => {
    const own = await files();
    // Another browser: it shares the folder, but neither keys nor state.
    const other = await scene.newWindow();
    await other.openView();
    await other.button('Sign In').waitFor();
    assert.deepEqual(await files(), own);
    await other.signIn(scene.sandbox.apiKey);
    await until(async () => (await files()).filter((file) => file.endsWith('.rows')).length, 2);
    await other.runCommand('Sign Out');
    await other.button('Sign In').waitFor();
    await until(files, own);

    const rows = await ona.rows();
    scene.sandbox.faults.set('ListRunners', { kind: 'hang' });
    scene.sandbox.faults.set('ListSCMIntegrations', { kind: 'hang' });
    await ona.reload();
    await ona.message.getByText(/^As of \d\d:\d\d\.$/).waitFor();
    await until(() => ona.rows(), rows);
  });

  test('has nothing left of an organization that was signed out of', async () => {
    assert.equal((await files()).length, 1);
    await ona.runCommand('Sign Out');
    await ona.button('Sign In').waitFor();
    await ona.whenForgotten('"organizationName"');
    await until(files, []);
  });

  test('shows what a runner has answered, and when, until somebody signs out', async () => {
    const { sandbox } = scene;
    const { profile, user } = sandbox.organization;
    const entry = integrationEntry(sampleEntries(sandbox.organization), 'eu-production', 'bitbucket.org');
    const at = new Date(Date.now() - 3_600_000);
    const [rows = ''] = await files();
    const [scope = ''] = basename(rows).split('-');
    const folder = join(dirname(rows), '..', 'answers');
    const names = () => readdir(folder).catch(() => []);
    // As a window leaves it behind in which somebody has asked.
    const kept = new KeptAnswers({
      folder,
      scope: () => Promise.resolve(scope),
      log: (line) => assert.fail(line),
    });
    await kept.write(
      { origin: new URL(sandbox.url).origin, organizationId: profile.id, subjectId: user.id },
      [
        {
          kind: 'access',
          key: refKey(entry.ref),
          about: askedAbout(entry),
          at,
          result: { signedIn: true, wasSignedIn: false },
        },
      ],
    );
    assert.equal((await names()).length, 1);
    await ona.reload();
    await ona.expand(/^Runner eu-production/);
    const row = ona.row('Integration bitbucket.org: works, Bitbucket Cloud, OAuth');
    await row.waitFor();
    await ona.contextMenu(row, 'Show Details');
    await ona.details.frame.getByText(/^asked eu-production (?:at|on) .*\d\d:\d\d$/).waitFor();
    await ona.details.frame.getByText('eu-production confirmed the sign-in to bitbucket.org.').waitFor();
    assert.equal(
      sandbox.requests.some(({ method }) => method === 'CheckAuthenticationForHost'),
      false,
    );
    await ona.runCommand('Sign Out');
    await until(names, []);
  });

  test('shows 1,000 rows before the API has been asked', async () => {
    scene.sandbox.organization = largeOrganization({ runners: 200, integrations: 1_000 });
    await ona.titleAction('Refresh').click();
    await ona.row('Runner runner-00000: 5 integrations').waitFor();
    await ona.message.waitFor({ state: 'hidden' });
    const areKept = async () => {
      const texts = await Promise.all((await files()).map((file) => readFile(file, 'utf8').catch(() => '')));
      return texts.some((text) => text.includes('runner-00199'));
    };
    await until(areKept, true);
    scene.sandbox.latencyMs = 60_000;
    await ona.reload();
    await ona.row('Runner runner-00000: 5 integrations').waitFor();
    await ona.message.getByText(/^As of/).waitFor();
  });
});
