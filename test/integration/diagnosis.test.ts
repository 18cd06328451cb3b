import assert from 'node:assert/strict';
import { commands, env } from 'vscode';
import type { OnaScmApi } from '../../src/exportedApi.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { signInTo, signOutOf, snapshotWhere } from './extension.ts';

describe('a diagnosis of everything', () => {
  let sandbox: Sandbox;
  let api: OnaScmApi;

  before(async () => {
    sandbox = await startSandbox();
    api = await signInTo(sandbox);
  });

  after(() => signOutOf(sandbox));

  it('loads the rows if nothing has shown them yet', async () => {
    await snapshotWhere(api, ({ state }) => state === 'loading');
    await commands.executeCommand('onaScm.copyDiagnosisOfAll');
    const text = await env.clipboard.readText();
    const { runners, integrations } = sandbox.organization;
    // One more is only known by its integration.
    assert.ok(text.includes(`\n- ${runners.length + 1} runners: `), text);
    assert.ok(text.includes(`\n- ${integrations.length} integrations: `), text);
  });
});
