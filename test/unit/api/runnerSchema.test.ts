import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { RunnerSchema, SchemaProvider } from '../../../src/api/runnerSchema.ts';
import { plantCredentials } from '../../sandbox/plantCredentials.ts';
import { runnerIdOf } from '../../sandbox/sampleRunners.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { SECRET_MARKER } from '../../sandbox/secretMarker.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf, failureOf, quiet } from './testClient.ts';

describe('what a runner could offer', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  const schemaOf = (name: string) =>
    clientOf(sandbox).client.getRunnerConfigurationSchema(runnerIdOf(name), quiet);

  /** The schema in this answer, and what is logged besides the request. */
  async function schemaIn(json: string): Promise<{ schema: RunnerSchema; lines: readonly string[] }> {
    sandbox.faults.set('GetRunnerConfigurationSchema', { kind: 'raw', body: json });
    const { client, lines } = clientOf(sandbox);
    const schema = await client.getRunnerConfigurationSchema('x', quiet);
    return { schema, lines: lines.slice(1) };
  }

  const providersIn = async (...entries: string[]): Promise<readonly SchemaProvider[]> =>
    (await schemaIn(`{"schema":{"scm":[${entries.join()}]}}`)).schema.providers;

  it('names every provider, its hosts and its ways to sign in', async () => {
    const { version, providers } = await schemaOf('gcp-analytics');
    assert.equal(version, '1');
    assert.deepEqual(
      providers.map(({ scmId, name }) => [scmId, name]),
      [
        ['github', 'GitHub'],
        ['gitlab', 'GitLab'],
        ['bitbucket', 'Bitbucket'],
        ['azuredevops_entra', 'Azure DevOps (Entra ID)'],
        ['azuredevops_server', 'Azure DevOps Server'],
        ['forgejo', 'Forgejo'],
      ],
    );
    assert.deepEqual(providers[0], {
      scmId: 'github',
      name: 'GitHub',
      defaultHosts: ['github.com'],
      oauth: {
        callbackUrl: `https://${runnerIdOf('gcp-analytics')}.runner.acme.example/oauth/callback`,
      },
      pat: {
        description: 'Needs the scopes repo, workflow, read:user and user:email.',
        docsUrl: 'https://ona.com/docs/ona/source-control/github',
      },
    });
  });

  it('lacks the ways to sign in that a provider does not support', async () => {
    const { providers } = await schemaOf('us-staging');
    const keysOf = (id: string) => Object.keys(providers.find(({ scmId }) => scmId === id) ?? {});
    assert.deepEqual(keysOf('bitbucket'), ['scmId', 'name', 'defaultHosts', 'oauth']);
    assert.deepEqual(keysOf('azuredevops_server'), ['scmId', 'name', 'defaultHosts', 'pat']);
  });

  it('includes a way to sign in of which the API says nothing else', async () => {
    assert.deepEqual(await providersIn('{"scmId":"a","oauth":{},"pat":{}}', '{"scmId":"b","oauth":null}'), [
      {
        scmId: 'a',
        name: '',
        defaultHosts: [],
        oauth: { callbackUrl: '' },
        pat: { description: '', docsUrl: '' },
      },
      { scmId: 'b', name: '', defaultHosts: [] },
    ]);
  });

  for (const json of ['{}', '{"schema":null}', '{"schema":{}}', '{"schema":{"version":null,"scm":null}}']) {
    it(`is nothing in ${json}`, async () => {
      const { schema, lines } = await schemaIn(json);
      assert.deepEqual(schema, { version: '', providers: [] });
      assert.deepEqual(lines, []);
    });
  }

  for (const [malformed, fault] of [
    ['7', 'schema.scm[] is not an object'],
    ['[]', 'schema.scm[] is not an object'],
    ['{"name":"Nameless"}', 'schema.scm[].scmId is not as expected'],
    ['{"scmId":{"planted":1}}', 'schema.scm[].scmId is not string'],
    ['{"scmId":"x","name":["planted"]}', 'schema.scm[].name is not string'],
    ['{"scmId":"x","oauth":true}', 'schema.scm[].oauth is not an object'],
    ['{"scmId":"x","pat":{"docsLink":5}}', 'schema.scm[].pat.docsLink is not string'],
    ['{"scmId":"x","defaultHosts":["a",{}]}', 'schema.scm[].defaultHosts.1 is not string'],
  ] as const) {
    it(`keeps the other providers if one is ${malformed}`, async () => {
      const { schema, lines } = await schemaIn(
        `{"schema":{"version":"2","scm":[{"scmId":"a"},${malformed},{"scmId":"b"}]}}`,
      );
      assert.deepEqual(
        schema.providers.map(({ scmId }) => scmId),
        ['a', 'b'],
      );
      assert.equal(schema.version, '2');
      assert.deepEqual(schema.unread, ['providers']);
      assert.deepEqual(lines, [`GetRunnerConfigurationSchema: read 1 without a field: ${fault}`]);
    });
  }

  it('is read without what is not a list or a text', async () => {
    const { schema, lines } = await schemaIn('{"schema":{"version":5,"scm":"planted"}}');
    assert.deepEqual(schema, { version: '', providers: [], unread: ['version', 'providers'] });
    assert.deepEqual(lines, [
      'GetRunnerConfigurationSchema: read 1 without a field: schema.version is not string',
      'GetRunnerConfigurationSchema: read 1 without a field: schema.scm is not Array',
    ]);
  });

  it('ignores everything else that can be configured, whatever its type', async () => {
    const { schema } = await schemaIn('{"schema":{"runnerConfig":7,"environmentClasses":[true],"scm":[]}}');
    assert.deepEqual(schema, { version: '', providers: [] });
  });

  it('contains no credentials of the URLs in it', async () => {
    plantCredentials(sandbox.organization);
    const { providers } = await schemaOf('eu-production');
    const text = inspect(providers, { depth: 9, showHidden: true });
    assert.ok(!text.includes(SECRET_MARKER), text);
    assert.deepEqual(providers[0]?.defaultHosts, ['[redacted]@github.example']);
    assert.match(providers[0].pat?.docsUrl ?? '', /^https:\/\/\[redacted\]@acme\.example\//);
    // As an address, it may lack its scheme.
    const [provider] = await providersIn(
      '{"scmId":"a","oauth":{"callbackUrl":"u:s3cr3t@a"},"pat":{"docsLink":"u:s3cr3t@b"}}',
    );
    assert.doesNotMatch(JSON.stringify(provider), /s3cr3t/);
  });

  it('is frozen', async () => {
    const visit = (value: unknown): void => {
      if (typeof value === 'object' && value !== null) {
        assert.ok(Object.isFrozen(value), inspect(value));
        Object.values(value).forEach(visit);
      }
    };
    visit(await schemaOf('eu-production'));
    visit((await schemaIn('{"schema":{"scm":[{"scmId":"a","pat":{}},7]}}')).schema);
  });

  it('is asked for by the ID of the runner', async () => {
    await schemaOf('eu-production');
    const { method, body } = sandbox.requests.at(-1) ?? {};
    assert.equal(method, 'GetRunnerConfigurationSchema');
    assert.deepEqual(body, { runnerId: runnerIdOf('eu-production') });
  });

  it('is refused by a runner that is not active', async () => {
    const error = await failureOf(schemaOf('lab'));
    assert.deepEqual(
      [error.problem, error.code, error.detail],
      ['refused', 'failed_precondition', 'runner is not active'],
    );
  });

  it('is an error if the answer is not from the API', async () => {
    for (const [body, detail] of [
      ['{"schema":"planted"}', 'schema is not an object'],
      ['{"error":"planted"}', 'the response is not as expected'],
    ] as const) {
      const error = await failureOf(schemaIn(body));
      assert.deepEqual([error.problem, error.code], ['unexpectedAnswer', 'data_loss']);
      assert.equal(error.detail, detail);
    }
  });
});
