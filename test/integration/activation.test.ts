import assert from 'node:assert/strict';
import { type Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { extension, setApiUrl } from './extension.ts';

describe('activation', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
    await setApiUrl(sandbox.url);
  });

  after(async () => {
    await setApiUrl(undefined);
    await sandbox.close();
  });

  it('does not happen at startup', () => {
    assert.equal(extension().isActive, false);
  });

  it('gives the exported API, signed out, without asking the API anything', async () => {
    const api = await extension().activate();
    assert.equal(api.version, 1);
    const snapshot = await api.refresh();
    assert.deepEqual(snapshot, { state: 'signedOut', runners: [], integrations: [] });
    assert.deepEqual(sandbox.requests, []);
  });

  it('gives other extensions nothing that they could change', async () => {
    const api = await extension().activate();
    assert.ok(Object.isFrozen(api));
    assert.ok(Object.isFrozen(api.snapshot()));
    assert.deepEqual(Object.keys(api).sort(), ['onDidChange', 'refresh', 'snapshot', 'version']);
  });
});
