import assert from 'node:assert/strict';
import type { OnaScmApi } from '../../src/exportedApi.ts';
import { runnerNamed } from '../sandbox/lookup.ts';
import { plantCredentials } from '../sandbox/plantCredentials.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/secretMarker.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { signInTo, signOutOf } from './extension.ts';

describe('secrets in the exported API', () => {
  let sandbox: Sandbox;
  let api: OnaScmApi;

  before(async () => {
    sandbox = await startSandbox({ apiKey: `key-${SECRET_MARKER}` });
    plantCredentials(sandbox.organization);
    // What the runner says is then part of a reason.
    Object.assign(runnerNamed(sandbox.organization, 'eu-production').status ?? {}, {
      phase: 'RUNNER_PHASE_DEGRADED',
    });
    api = await signInTo(sandbox);
  });

  after(() => signOutOf(sandbox));

  it('are in no snapshot, though every answer carries them', async () => {
    assert.match(JSON.stringify(sampleOrganization()), new RegExp(SECRET_MARKER));
    const snapshot = await api.refresh();
    const text = JSON.stringify(snapshot);
    const [reason] = snapshot.runners.find(({ name }) => name === 'eu-production')?.reasons ?? [];
    assert.match(reason?.text ?? '', /^Cannot reach .*\[redacted\]/);
    assert.ok(text.includes('"clientSecretSet":true'));
    assert.ok(text.includes('"host":"[redacted]@bitbucket.org"'));
    assert.ok(!text.includes(SECRET_MARKER) && !text.includes(SECRET_MARKER_BASE64));
  });

  it('are in no error, though the API quotes the key', async () => {
    sandbox.faults.set('ListRunners', {
      kind: 'connect',
      code: 'permission_denied',
      message: `the key ${sandbox.apiKey} may not`,
    });
    const { error } = await api.refresh();
    assert.equal(error?.code, 'permission_denied');
    assert.ok(!error.message.includes(SECRET_MARKER));
  });
});
