import assert from 'node:assert/strict';
import { GIT_AUTHENTICATIONS_PATH } from '../../sandbox/dashboard.ts';
import { JANE_ID, runnerIdOf } from '../../sandbox/sampleRunners.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { callsOf, refusal } from './calls.ts';

describe("a sandbox's runners", () => {
  let sandbox: Sandbox;
  const { post } = callsOf(() => sandbox);

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const check = (runner: string, host: string) =>
    post('CheckAuthenticationForHost', { runnerId: runnerIdOf(runner), host });
  const isSignedIn = async (runner: string, host: string) => {
    const { authenticated = false } = (await (await check(runner, host)).json()) as {
      authenticated?: boolean;
    };
    return authenticated;
  };
  const validate = async (runner: string, host: string, rest = {}) => {
    const scmIntegration = { scmId: 'github', host, ...rest };
    const response = await post('ValidateRunnerConfiguration', {
      runnerId: runnerIdOf(runner),
      scmIntegration,
    });
    return (await response.json()) as object;
  };

  it('say who is signed in, by the sign-ins on record', async () => {
    assert.equal(await isSignedIn('eu-production', 'github.com'), true);
    assert.equal(await isSignedIn('eu-production', 'dev.azure.com'), true);
    assert.equal(await isSignedIn('eu-production', 'bitbucket.org'), false);
    // Only somebody else is.
    assert.equal(await isSignedIn('us-staging', 'github.com'), false);
    // The token has ended, and another one was revoked.
    assert.equal(await isSignedIn('gcp-analytics', 'github.com'), false);
    assert.equal(await isSignedIn('gcp-analytics', 'gitlab.com'), false);
  });

  it('say how somebody can sign in', async () => {
    const answer = (await (await check('eu-production', 'github.com')).json()) as Record<string, object>;
    assert.deepEqual(Object.keys(answer).sort(), [
      'authenticated',
      'scmId',
      'scmName',
      'supportsOauth2',
      'supportsPat',
    ]);
    const ofToken = (await (await check('us-staging', 'tfs.acme.example')).json()) as Record<string, object>;
    assert.deepEqual([ofToken['supportsOauth2'], typeof ofToken['supportsPat']], [undefined, 'object']);
  });

  it('refuse what they cannot answer', async () => {
    assert.deepEqual(await refusal(await check('frankfurt-old', 'gitlab.com')), [400, 'failed_precondition']);
    assert.deepEqual(await refusal(await check('eu-production', 'dev.azure.com/acme')), [
      400,
      'invalid_argument',
    ]);
    assert.deepEqual(await refusal(await check('eu-production', 'other.example')), [404, 'not_found']);
  });

  it('answer differently from the second call on', async () => {
    sandbox.organization.access = [
      {
        runnerId: runnerIdOf('eu-production'),
        host: 'bitbucket.org',
        answers: [{ authenticated: false }, { authenticated: true }],
      },
    ];
    const answers = [];
    for (let i = 0; i < 3; i++) {
      answers.push(await isSignedIn('eu-production', 'bitbucket.org'));
    }
    assert.deepEqual(answers, [false, true, true]);
  });

  it('validate configurations', async () => {
    assert.deepEqual(await validate('eu-production', 'github.com', { pat: true }), {
      scmIntegration: { valid: true },
    });
    assert.deepEqual(await validate('us-staging', 'tfs.acme.example', { pat: true }), {
      scmIntegration: {
        hostError: 'cannot resolve tfs.acme.example: no such host',
        patError: 'tokens are turned off in the collection /tfs',
      },
    });
    assert.deepEqual(await validate('gcp-analytics', 'git.müller.example', { pat: true }), {});
  });

  it('answer late if they are slow', async () => {
    // Not before the end of the test, when the sandbox closes the connection.
    sandbox.faults.set('CheckAuthenticationForHost', { kind: 'slow', ms: 60_000, times: 1 });
    let ended = 'not yet';
    const end = (how: string) => () => (ended = how);
    check('eu-production', 'github.com').then(end('answered'), end('cut off'));
    while (sandbox.faults.size > 0) {
      await new Promise(setImmediate);
    }
    assert.equal(await isSignedIn('eu-production', 'github.com'), true);
    assert.equal(ended, 'not yet');
  });

  it('know of a sign-in on the page that stands in for the dashboard', async () => {
    const page = new URL(GIT_AUTHENTICATIONS_PATH, sandbox.url);
    const form = new URLSearchParams({ runner: runnerIdOf('gcp-analytics'), host: 'gitlab.com' });
    const response = await fetch(page, { method: 'POST', body: form });
    assert.match(await response.text(), /<td>gcp-analytics<\/td><td>gitlab\.com<\/td><td>on record<\/td>/);
    assert.equal(await isSignedIn('gcp-analytics', 'gitlab.com'), true);
    const own = sandbox.organization.tokens?.filter(({ subject }) => subject?.id === JANE_ID);
    assert.equal(own?.filter(({ host }) => host?.toLowerCase().startsWith('gitlab.com')).length, 1);
  });
});
