import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { ItemChecks } from '../../src/checks/checkState.ts';
import type { DetailsModel } from '../../src/views/details/protocol.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import { AS_OF } from '../unit/inventory/withStatuses.ts';
import { answersIn } from '../unit/views/details/shownDetails.ts';
import { modelOf } from './modelOf.ts';
import { test } from './test.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** An integration whose runner has answered, and is being asked again. */
function askedModel(): DetailsModel {
  const at = AS_OF;
  const checks: ItemChecks = {
    access: {
      running: true,
      lastAnswer: { result: { signedIn: false, wasSignedIn: false }, at, changedSince: at },
      lastFailure: { error: { kind: 'notActive' }, at },
    },
    validation: {
      lastAnswer: { result: { valid: false, errors: [{ field: 'host', text: 'no such host' }] }, at },
    },
  };
  const facts = { checksOf: () => checks, answersOf: () => answersIn(checks) };
  return modelOf(sampleOrganization(), 'eu-production', 'github.com', facts);
}

test.describe('the accessibility of the details panel', () => {
  for (const theme of [
    'Dark Modern',
    'Light Modern',
    'Default High Contrast',
    'Default High Contrast Light',
  ]) {
    test(`has no violation that axe-core finds in ${theme}`, async ({ scene, ona }) => {
      await scene.set({ 'workbench.colorTheme': theme });
      await ona.expand(/^Runner us-staging/);
      const check = async () => {
        await ona.details.frame.locator(`body[data-vscode-theme-id="${theme}"]`).waitFor();
        const document = await ona.details.document();
        await document.evaluate(AXE);
        const { violations, passes } = await document.evaluate<AxeResults>('axe.run()');
        assert.ok(passes.length > 10, 'axe-core looked at the page');
        assert.deepEqual(
          violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })),
          [],
        );
      };
      // With a status, a hint and a state, then with the advanced fields, then a runner with its integrations and what is
      // needed to set up a provider.
      await ona.showDetails(/^Integration github\.acme\.example/, 'github.acme.example');
      await check();
      await ona.details.expandMore();
      await check();
      await ona.details.button('us-staging').click();
      await ona.details.waitFor('us-staging');
      await ona.details.frame.locator('summary[aria-label="Setup: GitLab"]').click();
      await ona.details.button('Copy OAuth Callback URL').waitFor();
      await check();
      scene.sandbox.organization.runners = [];
      scene.sandbox.organization.integrations = [];
      await ona.titleAction('Refresh').click();
      await ona.details.notice.getByText('no longer exists').waitFor();
      await check();
      // What a runner answered, errors at their fields, and a check that runs.
      const message = JSON.stringify({ type: 'show', model: askedModel() });
      await (await ona.details.document()).evaluate(`window.postMessage(${message})`);
      await ona.details.button('Checking…').waitFor();
      await check();
    });
  }
});
