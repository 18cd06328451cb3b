import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { test } from './test.ts';
import { until } from './until.ts';

const PLANTED = 'planted-value';

test.describe('an integration that cannot be read', () => {
  test('hides no other, is reported with its field, and appears once it can be read', async ({
    scene,
    ona,
  }) => {
    const { sandbox } = scene;
    const { integrations, ...large } = largeOrganization({ runners: 6, integrations: 50 });
    const runners = large.runners.map((runner) => ({ ...runner, provider: 'RUNNER_PROVIDER_GCP' as const }));
    const last = runners.at(-1)?.runnerId;
    assert.ok(last);
    // The last runner has none but this one.
    const good = integrations.map((one, i) => ({
      ...one,
      runnerId: runners[i % 5]?.runnerId ?? '',
    }));
    const malformed = {
      id: '0198a1d2-0000-7000-8000-00000000000f',
      runnerId: last,
      host: 'github.com',
      pat: true,
    };
    sandbox.organization = { ...sandbox.organization, runners, integrations: [...good, malformed] };
    sandbox.faults.set('ListSCMIntegrations', {
      kind: 'raw',
      body: JSON.stringify({
        integrations: [...good.slice(0, 25), { ...malformed, pat: PLANTED }, ...good.slice(25)],
      }),
    });
    await ona.refresh();
    const others = [0, 1, 2, 3, 4].map((i) => `Runner runner-0000${i}: 10 integrations`);
    await until(() => ona.rows(), [...others, 'Runner runner-00005: 1 integration could not be read']);
    await ona.message.getByText(/^1 integration could not be read \(\d\d:\d\d\)\. See the log\.$/).waitFor();

    await ona.titleAction('What Is Wrong?').click();
    await ona.notification(/^1 integration could not be read \(\d\d:\d\d\): pat is not boolean\.$/);
    await ona.clearNotifications();
    await ona.titleAction('Show Log').click();
    await ona.page.locator('.part.panel').getByText('left out 1: pat is not boolean').first().waitFor();
    const logs = readdirSync(scene.host.logsDir, { encoding: 'utf8', recursive: true })
      .filter((name) => name.endsWith('.log'))
      .map((name) => readFileSync(join(scene.host.logsDir, name), 'utf8'))
      .join('\n');
    assert.ok(logs.includes(`left out 1: pat is not boolean, e.g. in ${malformed.id}`));
    assert.ok(!logs.includes(PLANTED), 'the log tells the value');

    sandbox.faults.clear();
    await ona.refresh();
    await until(() => ona.rows(), [...others, 'Runner runner-00005: 1 integration']);
    await ona.message.waitFor({ state: 'hidden' });
    await ona.titleAction('What Is Wrong?').waitFor({ state: 'hidden' });
  });
});
