import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { ValidatedConfiguration } from '../../../src/api/validation.ts';
import { AUTH_STATE } from '../../sandbox/runnerAnswers.ts';
import { runnerIdOf } from '../../sandbox/sampleRunners.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { SECRET_MARKER } from '../../sandbox/secretMarker.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, quiet } from './testClient.ts';

const NO_PAGES = { createUrl: '', example: '', requiredScopes: [] };
const VALID = { valid: true, scmIdError: '', hostError: '', oauthError: '', patError: '' };
const SENT: ValidatedConfiguration = { scmId: 'github', host: 'github.com', pat: true };

describe('what runners answer', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const assertFrozen = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      assert.ok(Object.isFrozen(value), inspect(value));
      Object.values(value).forEach(assertFrozen);
    }
  };

  describe('about access', () => {
    /** The access in this answer, and what was logged. */
    async function accessIn(body: string) {
      sandbox.faults.set('CheckAuthenticationForHost', { kind: 'raw', body });
      const { client, lines } = clientOf(sandbox);
      return { access: await client.checkAuthenticationForHost('x', 'x', quiet), lines };
    }

    it('is asked for by runner and host, and says how to sign in', async () => {
      const { client } = clientOf(sandbox);
      const runnerId = runnerIdOf('eu-production');
      const access = await client.checkAuthenticationForHost(runnerId, 'github.com', quiet);
      assert.deepEqual(sandbox.requests[0]?.body, { runnerId, host: 'github.com' });
      assert.equal(typeof access.authenticated, 'boolean');
      assert.deepEqual(access.pat?.requiredScopes, ['repo', 'workflow', 'read:user', 'user:email']);
      assertFrozen(access);
    });

    for (const [body, expected] of [
      ['{}', { authenticated: false }],
      ['{"authenticated":null,"supportsOauth2":null,"supportsPat":null}', { authenticated: false }],
      ['{"authenticated":true}', { authenticated: true }],
      ['{"supportsOauth2":{}}', { authenticated: false }],
      // That the message is there says that the way to sign in is.
      ['{"supportsPat":{}}', { authenticated: false, pat: NO_PAGES }],
      ['{"supportsPat":{"requiredScopes":null}}', { authenticated: false, pat: NO_PAGES }],
      // Superseded by `supportsPat`.
      ['{"patSupported":true}', { authenticated: false, pat: NO_PAGES }],
      ['{"patSupported":false}', { authenticated: false }],
      [
        '{"patSupported":true,"supportsPat":{"example":"ghp_"}}',
        { authenticated: false, pat: { ...NO_PAGES, example: 'ghp_' } },
      ],
      ['{"authenticated":true,"scmId":7,"later":{"x":[1]}}', { authenticated: true }],
      ['{"supportsPat":{"later":1},"scmName":"GitHub"}', { authenticated: false, pat: NO_PAGES }],
    ] as const) {
      it(`is read from ${body}`, async () => {
        const { access } = await accessIn(body);
        assert.deepEqual(access, expected);
        assertFrozen(access);
      });
    }

    for (const body of [
      '{"authenticated":"yes"}',
      '{"authenticated":1}',
      '{"supportsPat":"yes"}',
      '{"supportsPat":{"requiredScopes":"repo"}}',
      '{"supportsPat":{"requiredScopes":[1]}}',
      '{"patSupported":"yes"}',
      '[]',
    ]) {
      it(`is not guessed from ${body}`, async () => {
        const failure = await failureOf(accessIn(body));
        assert.equal(failure.problem, 'unexpectedAnswer');
      });
    }

    it('lacks the addresses that start a sign-in, whatever their type', async () => {
      const url = `https://github.com/login/oauth/authorize?state=${AUTH_STATE}`;
      for (const sent of [url, [url], { url }]) {
        const { access, lines } = await accessIn(
          JSON.stringify({ supportsOauth2: { authUrl: sent }, authenticationUrl: sent }),
        );
        assert.deepEqual(access, { authenticated: false });
        assert.ok(!lines.join().includes(AUTH_STATE));
      }
    });

    it('contains no credentials of the URLs in it, with or without a scheme', async () => {
      const url = `jane:${SECRET_MARKER}@acme.example/x?token=${SECRET_MARKER}`;
      const pages = {
        createUrl: url,
        docsUrl: url,
        example: `https://${url}`,
        requiredScopes: [`https://${url}`],
      };
      const { access } = await accessIn(
        JSON.stringify({ supportsOauth2: { docsUrl: `https://${url}` }, supportsPat: pages }),
      );
      const text = inspect(access, { depth: 9, showHidden: true });
      assert.ok(!text.includes(SECRET_MARKER), text);
      assert.match(access.pat?.createUrl ?? '', /^\[redacted\]@acme\.example\/x/);
    });
  });

  describe('about a configuration', () => {
    async function validationIn(body: string) {
      sandbox.faults.set('ValidateRunnerConfiguration', { kind: 'raw', body });
      return clientOf(sandbox).client.validateScmIntegration('x', SENT, quiet);
    }

    it('is asked for with what was given, and nothing else', async () => {
      const { client } = clientOf(sandbox);
      const runnerId = runnerIdOf('eu-production');
      const configuration = { ...SENT, oauthClientId: 'client', issuerUrl: 'https://id.example' };
      assert.deepEqual(await client.validateScmIntegration(runnerId, configuration, quiet), VALID);
      assert.deepEqual(sandbox.requests[0]?.body, { runnerId, scmIntegration: configuration });
      assert.doesNotMatch(JSON.stringify(sandbox.requests), /secret/i);
    });

    for (const [body, expected] of [
      ['{}', undefined],
      ['{"scmIntegration":null}', undefined],
      ['{"environmentClass":{"valid":true}}', undefined],
      // That the message is there is a result.
      ['{"scmIntegration":{}}', { ...VALID, valid: false }],
      ['{"scmIntegration":{"valid":true}}', VALID],
      ['{"scmIntegration":{"valid":true,"hostError":null}}', VALID],
      ['{"scmIntegration":{"patError":"x"}}', { ...VALID, valid: false, patError: 'x' }],
      // An error of which nothing can be seen is none.
      [
        '{"scmIntegration":{"hostError":" \\u200b\\n","patError":" x\\n"}}',
        { ...VALID, valid: false, patError: 'x' },
      ],
      ['{"scmIntegration":{"valid":true,"later":[{}]},"other":1}', VALID],
    ] as const) {
      it(`is read from ${body}`, async () => {
        const validation = await validationIn(body);
        assert.deepEqual(validation, expected);
        assertFrozen(validation);
      });
    }

    for (const body of [
      '{"scmIntegration":true}',
      '{"scmIntegration":[]}',
      '{"scmIntegration":{"valid":"true"}}',
      '{"scmIntegration":{"valid":0}}',
      '{"scmIntegration":{"scmIdError":{}}}',
      '{"scmIntegration":{"oauthError":["x"]}}',
      '[]',
    ]) {
      it(`is not guessed from ${body}`, async () => {
        const failure = await failureOf(validationIn(body));
        assert.equal(failure.problem, 'unexpectedAnswer');
      });
    }

    it('contains neither the key nor the credentials that a runner quotes', async () => {
      const quoted = `cannot reach https://jane:${SECRET_MARKER}@acme.example with ${sandbox.apiKey}`;
      const validation = await validationIn(JSON.stringify({ scmIntegration: { hostError: quoted } }));
      assert.equal(validation?.hostError, 'cannot reach https://[redacted]@acme.example with [redacted]');
    });
  });

  it('is not from the API if none of its fields is there', async () => {
    const body = '{"error":"login required"}';
    for (const method of ['CheckAuthenticationForHost', 'ValidateRunnerConfiguration'] as const) {
      sandbox.faults.set(method, { kind: 'raw', body });
      const { client } = clientOf(sandbox, { isKnownApi: true });
      const call =
        method === 'CheckAuthenticationForHost'
          ? client.checkAuthenticationForHost('x', 'x', quiet)
          : client.validateScmIntegration('x', SENT, quiet);
      assert.equal((await failureOf(call)).problem, 'intermediary');
    }
  });
});
