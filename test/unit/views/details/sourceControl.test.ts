import assert from 'node:assert/strict';
import * as v from 'valibot';
import { DEFAULT_API_URL } from '../../../../src/account/apiUrl.ts';
import { GET_RUNNER_CONFIGURATION_SCHEMA, type RunnerSchema } from '../../../../src/api/runnerSchema.ts';
import type { Runner } from '../../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import type { SchemaAnswer } from '../../../../src/inventory/schemaAnswer.ts';
import { detailsModel } from '../../../../src/views/details/detailsModel.ts';
import type { DetailsSection } from '../../../../src/views/details/protocol.ts';
import { runnerIdOf } from '../../../sandbox/sampleRunners.ts';
import { sampleSchemas } from '../../../sandbox/sampleSchemas.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { apiError } from '../../inventory/load/memoryClient.ts';
import { AS_OF, signInsOf, tokenOf, withStatuses } from '../../inventory/withStatuses.ts';

const SCHEMA = schemaOf('gcp-analytics');
const KNOWN: SchemaAnswer = { kind: 'known', schema: SCHEMA };

function schemaOf(runner: string): RunnerSchema {
  const schema = sampleSchemas()[runnerIdOf(runner)];
  const [decoded] = v.parse(GET_RUNNER_CONFIGURATION_SCHEMA.decoder, { schema }).items;
  return decoded ?? assert.fail();
}

interface World {
  readonly integrations: readonly Partial<ScmIntegration>[];
  readonly schema?: SchemaAnswer;
  readonly runner?: Partial<Runner>;
}

function modelsOf({ integrations, schema, runner = {} }: World) {
  const signIns = signInsOf([tokenOf({ runnerId: 'eu', scopes: ['repo'] })]);
  const runners = withStatuses(
    {
      runners: [runnerOf({ id: 'eu', name: 'eu-1', ...runner })],
      integrations: integrations.map((fields, i) => integrationOf({ id: `${i}`, runnerId: 'eu', ...fields })),
    },
    { signIns, schemaOf: () => (schema?.kind === 'known' ? schema.schema : undefined) },
  );
  const facts = { asOf: AS_OF, pinned: false, apiUrl: DEFAULT_API_URL, signIns: signIns.signIns, schema };
  const [entry = assert.fail()] = runners;
  const [integration] = entry.integrations;
  return {
    runner: detailsModel(entry, runners, facts),
    integration: integration && detailsModel(integration, runners, facts),
  };
}

function sectionOf(world: World, key = 'source-control'): DetailsSection {
  const { runner, integration } = modelsOf(world);
  const model = key === 'provider' ? integration : runner;
  return model?.sections.find((section) => section.key === key) ?? assert.fail();
}

const linesOf = ({ rows }: DetailsSection) =>
  rows.map(({ label, values }) => `${label}: ${values.map(({ text }) => text).join(' | ')}`);

describe('source control on a runner', () => {
  const integrations = [
    {},
    { host: 'github.acme.example', oauth: { clientSecretSet: true } },
    { scmId: 'gitlab', host: 'gitlab.com', oauth: { clientSecretSet: true }, pat: false },
    { scmId: 'gitea', host: 'gitea.example' },
  ];

  it('shows what is configured and what is available side by side, the configured providers first', () => {
    const section = sectionOf({ integrations, schema: KNOWN });
    assert.equal(section.heading, 'Source Control on This Runner');
    assert.equal(section.caption, undefined);
    assert.deepEqual(linesOf(section), [
      'GitHub: configured on github.acme.example: OAuth, personal access token | configured on github.com: personal access token',
      'GitLab: configured on gitlab.com: OAuth | also available: personal access token',
      'gitea: configured on gitea.example: personal access token',
      'Bitbucket Cloud: available: OAuth only',
      'Azure DevOps: available: OAuth, personal access token',
      'Azure DevOps Server: available: personal access token only',
      'Forgejo: available: personal access token only',
    ]);
  });

  it('has what somebody needs for the setup, with copy buttons and links', () => {
    const [github, gitlab, , bitbucket] = sectionOf({ integrations, schema: KNOWN }).rows;
    assert.deepEqual(gitlab?.more?.rows, [
      {
        key: 'scm-gitlab-hosts',
        label: 'Default host',
        values: [{ text: 'gitlab.com', style: 'code' }],
        copyLabel: 'Copy Default Host',
      },
      {
        key: 'scm-gitlab-callback-url',
        label: 'OAuth callback URL',
        values: [{ text: SCHEMA.providers[1]?.oauth?.callbackUrl ?? assert.fail(), style: 'code' }],
        copyLabel: 'Copy OAuth Callback URL',
      },
      {
        key: 'scm-gitlab-token',
        label: 'Token requirements',
        values: [
          { text: 'Needs the scopes api, read_repository and read_user.', style: 'plain' },
          {
            text: 'ona.com/docs/ona/source-control/gitlab',
            style: 'plain',
            href: 'https://ona.com/docs/ona/source-control/gitlab',
          },
        ],
        copyLabel: undefined,
        lines: true,
      },
    ]);
    assert.equal(github?.more?.label, 'Setup');
    assert.deepEqual(
      bitbucket?.more?.rows.map(({ label }) => label),
      ['Default host', 'OAuth callback URL'],
    );
  });

  it('has no link to a page about tokens that is not an https address, or seems to be on another host', () => {
    for (const docsUrl of [
      'javascript:alert(1)',
      'http://gitlab.com/help',
      '//gitlab.com/help',
      'https://gitlab.com@evil.example/help',
      'https://[redacted]@gitlab.com/help',
    ]) {
      const providers = [{ scmId: 'x', name: 'X', defaultHosts: [], pat: { description: '', docsUrl } }];
      const schema: SchemaAnswer = { kind: 'known', schema: { version: '', providers } };
      assert.deepEqual(sectionOf({ integrations: [], schema }).rows[0]?.more?.rows[0]?.values, [
        { text: docsUrl, style: 'plain' },
      ]);
    }
  });

  it('shows a hundred of very many providers, those that are configured among them', () => {
    const providers = Array.from({ length: 1000 }, (_, i) => ({
      scmId: `scm-${i % 900}`,
      name: `Forge ${i % 900}`,
      defaultHosts: [],
    }));
    const schema: SchemaAnswer = { kind: 'known', schema: { version: '', providers } };
    const section = sectionOf({ integrations: [{ scmId: 'scm-899', host: 'forge.example' }], schema });
    assert.equal(section.rows.length, 101);
    assert.equal(section.rows[0]?.label, 'Forge 899');
    assert.equal(section.rows[100]?.values[0]?.text, 'and 800 more');
    assert.equal(new Set(section.rows.map(({ key }) => key)).size, 101);
  });

  it('is what is configured if the runner offers nothing', () => {
    const schema: SchemaAnswer = { kind: 'known', schema: { version: '', providers: [] } };
    assert.deepEqual(linesOf(sectionOf({ integrations: [{}], schema })), [
      'GitHub: configured on github.com: personal access token',
    ]);
  });

  it('shows what is known without an answer, and why there is no more', () => {
    const error = apiError({ problem: 'unavailable', code: 'unavailable' });
    const captionOf = (schema: SchemaAnswer | undefined, runner?: Partial<Runner>) => {
      const section = sectionOf({ integrations, ...(schema && { schema }), ...(runner && { runner }) });
      assert.equal(section.rows.length, 3);
      assert.ok(section.rows.every(({ more }) => more === undefined));
      return section.caption;
    };
    assert.equal(captionOf({ kind: 'loading' }), 'Loading what else the runner offers…');
    assert.match(captionOf({ kind: 'failed', error }) ?? '', /^Only what is configured is known\. \S/);
    assert.equal(captionOf({ kind: 'failed', error: undefined }), 'Only what is configured is known.');
    const notAsked = { kind: 'notAsked' } as const;
    assert.equal(
      captionOf(notAsked, { phase: 'RUNNER_PHASE_INACTIVE' }),
      'Only what is configured is known: the runner could not be asked, because it is not active.',
    );
    assert.equal(
      captionOf(notAsked, { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' }),
      'Only what is configured is known: the shared configuration cannot be asked.',
    );
  });

  it('says so if nothing is configured', () => {
    assert.deepEqual(linesOf(sectionOf({ integrations: [] })), ['None: nothing is configured']);
  });

  it('says so if some of the answer could not be read', () => {
    const schema: SchemaAnswer = { kind: 'known', schema: { ...SCHEMA, unread: ['providers'] } };
    assert.equal(
      sectionOf({ integrations, schema }).caption,
      'Some of what the runner offers could not be read.',
    );
  });
});

describe('the provider in the details of an integration', () => {
  it('is described by the runner, if it has said so', () => {
    const section = sectionOf(
      { integrations: [{ scmId: 'forgejo', host: 'codeberg.org' }], schema: KNOWN },
      'provider',
    );
    assert.equal(section.caption, 'According to eu-1');
    assert.deepEqual(linesOf(section), [
      'OAuth: not supported',
      'Personal access token: configured',
      'Extra settings: unknown; depends on the runner',
      'Token requirements: Needs the scopes write:repository and read:user. | forgejo.org/docs/latest/user/token-scope/',
      'Documentation: ona.com/docs/ona/source-control/overview',
    ]);
  });

  it('is described by the documentation as long as the runner has not answered', () => {
    const captionOf = (schema?: SchemaAnswer) =>
      sectionOf({ integrations: [{}], ...(schema && { schema }) }, 'provider').caption;
    assert.equal(captionOf(), 'According to the documentation of Ona');
    assert.equal(captionOf({ kind: 'loading' }), 'According to the documentation of Ona; asking eu-1…');
  });

  it('says what a token needs beside the scopes of the one on record', () => {
    const { integration } = modelsOf({ integrations: [{}], schema: KNOWN });
    const scopes = integration?.status?.rows.find(({ key }) => key === 'scopes');
    assert.deepEqual(
      scopes?.values.map(({ text }) => text),
      ['repo', 'According to eu-1: Needs the scopes repo, workflow, read:user and user:email.'],
    );
  });
});
