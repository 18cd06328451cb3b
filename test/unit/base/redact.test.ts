import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { OnaApiError } from '../../../src/api/transport/errors.ts';
import { redactAll, redactKeyShapes } from '../../../src/base/redact.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, itemsOf, quiet } from '../api/testClient.ts';

describe('redaction', () => {
  it('removes each of the given secrets wherever it is, in upper or lower case', () => {
    assert.equal(
      redactAll('a my-$&-key, b MY-$&-KEY, c s3cret', ['my-$&-key', 's3cret']),
      'a [redacted], b [redacted], c [redacted]',
    );
  });

  it('removes a secret that contains another one as a whole', () => {
    assert.equal(redactAll('is s3cret-long', ['s3cret', 's3cret-long']), 'is [redacted]');
  });

  it('leaves a text without them alone, and does not take a letter for a secret', () => {
    assert.equal(redactAll('runner is away', ['my-api-key', 'a', '']), 'runner is away');
  });

  for (const secret of [
    'gitpod_pat_abc.DEF-123',
    'ona_pat_x9~y/z+w==',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'Bearer abc.def',
    'bearer  abc',
    'GITPOD_PAT_abc',
    'Authorization: Basic dXNlcjpwYXNz',
    'authorization:basic  dXNlcjpwYXNzdw==',
    String.raw`Authorization\": \"Basic dTpw`,
  ]) {
    it(`removes ${secret} by its shape`, () => {
      assert.equal(redactKeyShapes(`token "${secret}", refused`), 'token "[redacted]", refused');
    });
  }

  it('leaves honest texts alone', () => {
    const text = 'no personal access token (PAT) for github.com; see the key journey, forbearer';
    assert.equal(redactKeyShapes(text), text);
    const basic = 'Authorization: Basic authentication is off; authorization basic plan, Basic abc';
    assert.equal(redactKeyShapes(basic), basic);
  });
});

describe('an API that echoes the key', () => {
  let sandbox: Sandbox;
  const apiKey = 'secret/key+of.mine==';

  beforeEach(async () => {
    sandbox = await startSandbox({ apiKey });
  });

  afterEach(() => sandbox.close());

  const everythingOf = (error: OnaApiError, lines: readonly string[]) =>
    [error.stack, String(error), inspect(error, { depth: 9, showHidden: true }), ...lines].join('\n');

  it('does not get it into an error or the log', async () => {
    sandbox.faults.set('GetAuthenticatedIdentity', {
      kind: 'connect',
      code: 'unauthenticated',
      message: `the key ${apiKey} is wrong, and so is gitpod_pat_other`,
      details: [
        {
          type: 'gitpod.v1.ActionableErrorDetails',
          value: Buffer.from(apiKey).toString('base64'),
          debug: { userMessage: apiKey, [apiKey]: 1 },
        },
      ],
    });
    const { client, lines } = clientOf(sandbox);
    const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
    const all = everythingOf(failure, lines);
    assert.equal(failure.detail, 'the key [redacted] is wrong, and so is [redacted]');
    for (const secret of [apiKey, Buffer.from(apiKey).toString('base64'), 'gitpod_pat_other']) {
      assert.ok(!all.includes(secret), secret);
    }
  });

  it('does not get it out of a page or a redirect', async () => {
    const { client, lines } = clientOf(sandbox);
    for (const fault of [
      { kind: 'http', status: 200, body: `<p>${apiKey}</p>`, contentType: 'text/html' },
      { kind: 'http', status: 500, body: `Authorization: Bearer ${apiKey}` },
      {
        kind: 'http',
        status: 307,
        body: apiKey,
        headers: { location: `https://x:${apiKey}@evil.example/${apiKey}?key=${apiKey}` },
      },
    ] as const) {
      sandbox.faults.set('GetAuthenticatedIdentity', fault);
      const failure = await failureOf(client.getAuthenticatedIdentity(quiet));
      assert.ok(!everythingOf(failure, lines).includes(apiKey));
    }
  });

  it('does not get it into a value', async () => {
    sandbox.organization.user.name = `Jane ${apiKey}`;
    sandbox.organization.integrations = [{ id: apiKey, host: `${apiKey}.example`, pat: true }];
    const { client, lines } = clientOf(sandbox);
    const user = await client.getAuthenticatedUser(quiet);
    const [integration] = await itemsOf(client.listScmIntegrations(quiet));
    assert.equal(user.name, 'Jane [redacted]');
    assert.equal(integration?.host, '[redacted].example');
    assert.ok(!JSON.stringify([user, integration, lines]).includes(apiKey));
  });

  for (const [spelling, echoed] of [
    ['with escaped slashes', apiKey.replaceAll('/', '\\/')],
    ['in \\u escapes', Array.from(apiKey, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join('')],
  ] as const) {
    it(`does not get it into a value ${spelling}`, async () => {
      sandbox.faults.set('GetAuthenticatedUser', {
        kind: 'raw',
        body: `{"user":{"id":"1","name":"Jane ${echoed}"}}`,
      });
      const user = await clientOf(sandbox).client.getAuthenticatedUser(quiet);
      assert.equal(user.name, 'Jane [redacted]');
    });

    it(`does not get it into an error ${spelling}`, async () => {
      sandbox.faults.set('GetAuthenticatedUser', {
        kind: 'http',
        status: 401,
        contentType: 'application/json',
        body: `{"code":"unauthenticated","message":"wrong: ${echoed}"}`,
      });
      const { client, lines } = clientOf(sandbox);
      const failure = await failureOf(client.getAuthenticatedUser(quiet));
      assert.ok(!everythingOf(failure, lines).includes(apiKey));
    });
  }

  it('does not get a secret of the request into a value, an error or the log either', async () => {
    const clientSecret = 'cl1ent/s3cret';
    const options = { ...quiet, secrets: [clientSecret] };
    const { client, lines } = clientOf(sandbox);
    sandbox.organization.user.name = `Jane ${clientSecret} ${apiKey}`;
    const user = await client.getAuthenticatedUser(options);
    assert.equal(user.name, 'Jane [redacted] [redacted]');
    for (const fault of [
      {
        kind: 'connect',
        code: 'invalid_argument',
        message: `oauth_plaintext_client_secret: ${clientSecret}`,
      },
      { kind: 'http', status: 308, body: '', headers: { location: `https://${clientSecret}.evil.example/` } },
    ] as const) {
      sandbox.faults.set('GetAuthenticatedUser', fault);
      const failure = await failureOf(client.getAuthenticatedUser(options));
      assert.ok(!everythingOf(failure, lines).includes(clientSecret));
    }
  });

  it('gets one line into the log, however long and broken its message is', async () => {
    const message = `first\r\nsecond\u2028third \u202e${'x'.repeat(5_000)}`;
    sandbox.faults.set('GetAuthenticatedUser', { kind: 'connect', code: 'internal', message });
    const { client, lines } = clientOf(sandbox);
    await failureOf(client.getAuthenticatedUser(quiet));
    assert.equal(lines.length, 1);
    assert.doesNotMatch(lines[0] ?? '', /[\r\n\u2028\u202e]/);
    assert.ok((lines[0] ?? '').length < 1_000);
  });
});
