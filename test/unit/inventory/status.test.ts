import assert from 'node:assert/strict';
import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import type { ItemEntry } from '../../../src/inventory/groups.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { SignInIndex } from '../../../src/inventory/signInIndex.ts';
import type { AccessAnswer, Answers, ValidationAnswer } from '../../../src/inventory/statusFacts.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import { AS_OF, JANE, ROBOT, signInsOf, tokenOf, withStatuses } from './withStatuses.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RUNNER = '11111111-1111-4111-8111-111111111111';
const INTEGRATION = '22222222-2222-4222-8222-222222222222';
const OTHER = '33333333-3333-4333-8333-333333333333';
const OAUTH = { clientId: 'client', clientSecretSet: true };
const ISSUER = 'https://login.microsoftonline.com/acme.example/v2.0';

const ago = (ms: number) => new Date(AS_OF.getTime() - ms);
const inFuture = (ms: number) => new Date(AS_OF.getTime() + ms).toISOString();

/** One runner with one integration, and what is known of them. */
interface Given {
  readonly runner?: Partial<Runner> | 'unknown';
  /** The integration; null for none. */
  readonly integration?: Partial<ScmIntegration> | null;
  readonly others?: readonly Partial<ScmIntegration>[];
  readonly tokens?: readonly Partial<HostAuthenticationToken>[];
  readonly answers?: Answers;
  readonly data?: Partial<InventoryData>;
  readonly isKnownInherited?: boolean;
}

interface Row extends Given {
  readonly when: string;
  /** Own status and reasons, e.g. `broken: offline`. */
  readonly expectRunner?: string;
  /** Own status, effective status if it differs, and reasons, e.g. `unchecked (broken)`. */
  readonly expectIntegration?: string;
}

const signedIn = (at: Date): AccessAnswer => ({ signedIn: true, at, wasSignedIn: true });
const notSignedIn = (at: Date, wasSignedIn = false): AccessAnswer => ({ signedIn: false, at, wasSignedIn });
const invalid = (...errors: ValidationAnswer['errors']): ValidationAnswer => ({
  valid: false,
  errors,
  at: ago(HOUR),
});
const PAT_OF = (expiresAt?: string) => ({ runnerId: RUNNER, ...(expiresAt !== undefined && { expiresAt }) });
const OAUTH_TOKEN = { runnerId: RUNNER, source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH' };
const MANAGED = { provider: 'RUNNER_PROVIDER_MANAGED', runnerManagerId: OTHER };
const INACTIVE = 'RUNNER_PHASE_INACTIVE';
const DEGRADED = 'RUNNER_PHASE_DEGRADED';

/** Nothing is known against it. */
const CALM = 'unchecked';

const REASONS: readonly Row[] = [
  { when: 'nothing is known against it', expectRunner: CALM, expectIntegration: CALM },
  {
    when: 'no sign-in method is configured',
    integration: { pat: false },
    expectRunner: CALM,
    expectIntegration: 'broken: noSignIn',
  },
  {
    when: 'the runner found fields invalid',
    answers: { validation: invalid({ field: 'host', text: 'unknown host' }, { field: 'oauth', text: 'x' }) },
    expectIntegration: 'broken: invalid',
  },
  {
    when: 'the runner found the host invalid',
    answers: { validation: invalid({ field: 'host', text: 'unknown host' }) },
    expectIntegration: 'broken: invalid',
  },
  {
    when: 'the runner found fault with OAuth alone, without the secret',
    answers: { validation: invalid({ field: 'oauth', text: 'bad secret' }) },
    expectIntegration: 'attention: oauthNotValidated',
  },
  {
    when: 'the runner gave no reason',
    answers: { validation: invalid() },
    expectIntegration: 'attention: invalidWithoutReason',
  },
  {
    when: 'the runner found the configuration valid, which does not prove that anybody can sign in',
    answers: { validation: { valid: true, errors: [], at: ago(HOUR) } },
    expectIntegration: CALM,
  },
  {
    when: 'the provider does not support OAuth, and tokens are off',
    integration: { scmId: 'azuredevops_server', oauth: OAUTH, pat: false, virtualDirectory: '/tfs' },
    expectIntegration: 'attention: oauthUnsupported patMissing',
  },
  {
    when: 'the issuer is missing',
    integration: { scmId: 'azuredevops_entra', oauth: OAUTH },
    expectIntegration: 'attention: issuerMissing',
  },
  {
    when: 'the provider does not use the issuer',
    integration: { oauth: { ...OAUTH, issuerUrl: ISSUER } },
    expectIntegration: 'attention: issuerUnused',
  },
  {
    when: 'the virtual directory is missing',
    integration: { scmId: 'azuredevops_server' },
    expectIntegration: 'attention: directoryMissing',
  },
  {
    when: 'the provider does not use the virtual directory',
    integration: { virtualDirectory: '/tfs' },
    expectIntegration: 'attention: directoryUnused',
  },
  {
    when: 'two integrations have the same host, however it is written',
    others: [{ id: OTHER, host: 'GitHub.com' }],
    expectRunner: 'attention: duplicateHost',
    expectIntegration: 'unchecked (attention)',
  },
  {
    when: 'three integrations have the same host',
    others: [
      { id: OTHER, host: 'GitHub.com' },
      { id: RUNNER, host: 'https://github.com' },
    ],
    expectRunner: 'attention: duplicateHost',
  },
  {
    when: 'two integrations have the same host, but other virtual directories',
    integration: { scmId: 'azuredevops_server', host: 'tfs.example', virtualDirectory: '/tfs' },
    others: [{ id: OTHER, scmId: 'azuredevops_server', host: 'tfs.example', virtualDirectory: '/other' }],
    expectRunner: CALM,
    expectIntegration: CALM,
  },
  {
    when: 'a token ends in 7 days',
    tokens: [PAT_OF(inFuture(7 * DAY))],
    expectIntegration: 'attention: tokenEnding',
  },
  { when: 'a token ends later', tokens: [PAT_OF(inFuture(7 * DAY + 1))], expectIntegration: CALM },
  {
    when: 'a token ends now',
    tokens: [PAT_OF(AS_OF.toISOString())],
    expectIntegration: 'attention: tokenEnded',
  },
  {
    when: 'a token has ended',
    tokens: [PAT_OF(inFuture(-DAY))],
    expectIntegration: 'attention: tokenEnded',
  },
  { when: 'a token does not end', tokens: [PAT_OF()], expectIntegration: CALM },
  { when: 'the end of a token is not a time', tokens: [PAT_OF('soon')], expectIntegration: CALM },
  {
    when: 'an OAuth token ends: it is refreshed',
    tokens: [{ ...OAUTH_TOKEN, expiresAt: inFuture(HOUR) }],
    expectIntegration: CALM,
  },
  { when: 'no sign-in is on record', tokens: [], expectIntegration: CALM },
  {
    when: 'a token for another host ends',
    tokens: [{ ...PAT_OF(inFuture(-DAY)), host: 'gitlab.com' }],
    expectIntegration: CALM,
  },
  {
    when: 'a token for another runner ends',
    tokens: [{ expiresAt: inFuture(-DAY), runnerId: OTHER }],
    expectIntegration: CALM,
  },
  {
    when: 'a token ends whose host is written in another way',
    tokens: [{ ...PAT_OF(inFuture(DAY)), host: 'GitHub.com.' }],
    expectIntegration: 'attention: tokenEnding',
  },
  {
    when: 'a token for the whole host ends',
    integration: { scmId: 'azuredevops_entra', host: 'dev.azure.com/acme' },
    tokens: [{ ...PAT_OF(inFuture(DAY)), host: 'dev.azure.com' }],
    expectIntegration: 'attention: tokenEnding',
  },
  {
    when: 'a token for another path on the host ends',
    integration: { scmId: 'azuredevops_entra', host: 'dev.azure.com/acme' },
    tokens: [{ ...PAT_OF(inFuture(DAY)), host: 'dev.azure.com/other' }],
    expectIntegration: CALM,
  },
  {
    when: 'a token of this integration ends',
    tokens: [{ ...PAT_OF(inFuture(DAY)), integrationId: INTEGRATION }],
    expectIntegration: 'attention: tokenEnding',
  },
  {
    when: 'a token of another integration for the host ends',
    others: [{ id: OTHER, virtualDirectory: '/other' }],
    tokens: [{ ...PAT_OF(inFuture(DAY)), integrationId: OTHER }],
    expectIntegration: CALM,
  },
  {
    when: 'a token ends whose integration no longer exists',
    tokens: [{ ...PAT_OF(inFuture(DAY)), integrationId: OTHER }],
    expectIntegration: 'attention: tokenEnding',
  },
  {
    when: 'a sign-in is on record, but the runner says that there is none',
    tokens: [OAUTH_TOKEN],
    answers: { access: notSignedIn(ago(HOUR)) },
    expectIntegration: 'attention: signedOut',
  },
  {
    when: 'an earlier check found a sign-in, and the runner now says that there is none',
    tokens: [],
    answers: { access: notSignedIn(ago(HOUR), true) },
    expectIntegration: 'attention: signedOut',
  },
  {
    when: 'nobody has ever signed in, and the runner says so',
    tokens: [],
    answers: { access: notSignedIn(ago(HOUR)) },
    expectIntegration: CALM,
  },
  {
    when: 'the runner says that somebody is signed in',
    answers: { access: signedIn(ago(HOUR)) },
    expectRunner: CALM,
    expectIntegration: 'works',
  },
  {
    when: 'the runner said so 24 hours ago',
    answers: { access: signedIn(ago(DAY)) },
    expectIntegration: CALM,
  },
  {
    when: 'the runner said that there is no sign-in 24 hours ago',
    tokens: [OAUTH_TOKEN],
    answers: { access: notSignedIn(ago(DAY)) },
    expectIntegration: CALM,
  },
  {
    when: 'the runner found the configuration invalid 24 hours ago',
    answers: { validation: { ...invalid({ field: 'host', text: 'x' }), at: ago(DAY) } },
    expectIntegration: CALM,
  },
  {
    when: 'a sign-in is on record, which proves nothing',
    tokens: [OAUTH_TOKEN],
    expectIntegration: CALM,
  },
  {
    when: 'a remote runner is offline',
    runner: { phase: INACTIVE },
    expectRunner: 'broken: offline',
    expectIntegration: 'unchecked (broken)',
  },
  {
    when: "a person's computer is off",
    runner: { phase: INACTIVE, kind: 'RUNNER_KIND_LOCAL' },
    expectRunner: CALM,
    expectIntegration: CALM,
  },
  {
    when: 'a runner is degraded',
    runner: { phase: DEGRADED },
    expectRunner: 'attention: degraded',
    expectIntegration: 'unchecked (attention)',
  },
  {
    when: 'a managed runner is offline',
    runner: { ...MANAGED, phase: INACTIVE },
    expectRunner: 'broken: offline',
  },
  ...['CREATED', 'DELETING', 'DELETED', 'UNSPECIFIED', 'NAPPING'].map((phase) => ({
    when: `a runner is ${phase}`,
    runner: { phase: `RUNNER_PHASE_${phase}` },
    expectRunner: CALM,
    expectIntegration: CALM,
  })),
  {
    when: 'the shared configuration of local runners has a phase',
    runner: { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION', phase: INACTIVE },
    expectRunner: CALM,
    expectIntegration: CALM,
  },
  {
    when: 'the runner is not in the list',
    runner: 'unknown',
    integration: { pat: false },
    expectRunner: CALM,
    expectIntegration: 'broken: noSignIn',
  },
  {
    when: 'a live runner has no integrations',
    integration: null,
    expectRunner: 'attention: noIntegrations',
  },
  {
    when: 'a degraded runner has no integrations',
    integration: null,
    runner: { phase: DEGRADED },
    expectRunner: 'attention: degraded noIntegrations',
  },
  {
    when: 'a runner that is offline has no integrations',
    integration: null,
    runner: { phase: INACTIVE },
    expectRunner: 'broken: offline',
  },
  {
    when: 'a managed runner has no integrations',
    integration: null,
    runner: MANAGED,
    expectRunner: CALM,
  },
  {
    when: 'a local runner has no integrations: it uses the shared ones',
    integration: null,
    runner: { kind: 'RUNNER_KIND_LOCAL' },
    expectRunner: CALM,
  },
  {
    when: 'the integrations of a runner have never been read to the end',
    integration: null,
    data: { completeRunnerIds: new Set([OTHER]) },
    expectRunner: CALM,
  },
  {
    when: 'an integration of the runner could not be read',
    integration: null,
    data: {
      leftOut: {
        runners: [],
        integrations: [{ key: 'x', fault: 'host is not string', runnerId: RUNNER }],
        asOf: AS_OF,
      },
    },
    expectRunner: CALM,
  },
];

const COMPETING: readonly Row[] = [
  {
    when: 'broken and attention: the worse one is the status, and comes first',
    integration: { pat: false, virtualDirectory: '/tfs' },
    answers: { validation: invalid({ field: 'host', text: 'x' }) },
    expectIntegration: 'broken: noSignIn invalid directoryUnused',
  },
  {
    when: 'a proof and a reason: nothing works that needs attention',
    integration: { virtualDirectory: '/tfs' },
    answers: { access: signedIn(ago(HOUR)) },
    expectIntegration: 'attention: directoryUnused',
  },
  {
    when: 'a proof and an invalid configuration',
    answers: { access: signedIn(ago(HOUR)), validation: invalid({ field: 'host', text: 'x' }) },
    expectIntegration: 'broken: invalid',
  },
  {
    when: 'a proof, but the runner is offline now',
    runner: { phase: INACTIVE },
    answers: { access: signedIn(ago(HOUR)) },
    expectRunner: 'broken: offline',
    expectIntegration: 'unchecked (broken)',
  },
  {
    when: 'a proof on a degraded runner: it works, but the runner needs attention',
    runner: { phase: DEGRADED },
    answers: { access: signedIn(ago(HOUR)) },
    expectIntegration: 'works (attention)',
  },
  {
    when: 'a proof on a runner that is not in the list',
    runner: 'unknown',
    answers: { access: signedIn(ago(HOUR)) },
    expectIntegration: CALM,
  },
  {
    when: 'broken itself, on a degraded runner',
    runner: { phase: DEGRADED },
    integration: { pat: false },
    expectIntegration: 'broken: noSignIn',
  },
  {
    when: 'attention itself, on a runner that is offline',
    runner: { phase: INACTIVE },
    integration: { virtualDirectory: '/tfs' },
    expectIntegration: 'attention (broken): directoryUnused',
  },
  {
    when: 'a runner that is offline and has a host twice: both are said',
    runner: { phase: INACTIVE },
    others: [{ id: OTHER }],
    expectRunner: 'broken: offline duplicateHost',
  },
  {
    when: 'a token that ends, and another one that stays',
    tokens: [PAT_OF(inFuture(DAY)), PAT_OF()],
    expectIntegration: CALM,
  },
  {
    when: 'a token that has ended, and a sign-in with OAuth',
    tokens: [PAT_OF(inFuture(-DAY)), { ...OAUTH_TOKEN, expiresAt: inFuture(HOUR) }],
    expectIntegration: CALM,
  },
  {
    when: 'a token that has ended, and one that ends soon: the last one counts',
    tokens: [PAT_OF(inFuture(DAY)), PAT_OF(inFuture(-DAY))],
    expectIntegration: 'attention: tokenEnding',
  },
  {
    when: 'a token that has ended, but the runner found a sign-in after that',
    tokens: [PAT_OF(inFuture(-2 * HOUR))],
    answers: { access: signedIn(ago(HOUR)) },
    expectIntegration: 'works',
  },
  {
    when: 'a token that has ended since the runner found a sign-in',
    tokens: [PAT_OF(inFuture(-HOUR))],
    answers: { access: signedIn(ago(2 * HOUR)) },
    expectIntegration: 'attention: tokenEnded',
  },
  {
    when: 'a token that ends soon, and the runner found a sign-in',
    tokens: [PAT_OF(inFuture(DAY))],
    answers: { access: signedIn(ago(HOUR)) },
    expectIntegration: 'attention: tokenEnding',
  },
  {
    when: 'a token that has ended, and the runner says that there is no sign-in: both are said',
    tokens: [PAT_OF(inFuture(-DAY))],
    answers: { access: notSignedIn(ago(HOUR)) },
    expectIntegration: 'attention: signedOut tokenEnded',
  },
  {
    when: 'an inherited integration and what only the list says',
    runner: MANAGED,
    integration: { id: 'static-scm-1', pat: false, virtualDirectory: '/tfs' },
    expectRunner: CALM,
    expectIntegration: CALM,
  },
  {
    when: 'an integration on a managed runner that is not inherited',
    runner: MANAGED,
    integration: { pat: false },
    expectIntegration: 'broken: noSignIn',
  },
  {
    when: 'one that the API has no resource for',
    runner: MANAGED,
    integration: { pat: false },
    isKnownInherited: true,
    expectIntegration: CALM,
  },
  {
    when: 'an inherited integration and a token that ends: that is the business of its owner',
    runner: MANAGED,
    integration: { id: 'static-scm-1' },
    tokens: [PAT_OF(inFuture(DAY))],
    expectIntegration: 'attention: tokenEnding',
  },
  {
    when: 'two inherited integrations for one host',
    runner: MANAGED,
    integration: { id: 'static-scm-1' },
    others: [{ id: 'static-scm-2' }],
    expectRunner: CALM,
  },
  {
    when: 'an inherited integration and another one for its host',
    runner: MANAGED,
    integration: { id: 'static-scm-1' },
    others: [{ id: OTHER }],
    expectRunner: 'attention: duplicateHost',
  },
];

function entriesOf(given: Given) {
  const { runner = {}, integration = {}, others = [], tokens, answers = {}, data = {} } = given;
  const own = integration === null ? [] : [{ id: INTEGRATION, ...integration }, ...others];
  const integrations = own.map((fields) => integrationOf({ runnerId: RUNNER, ...fields }));
  // Another runner has an integration, so the key may see some.
  const elsewhere = integrationOf({ id: 'elsewhere', runnerId: OTHER });
  const [first] = withStatuses(
    {
      runners: runner === 'unknown' ? [] : [runnerOf({ id: RUNNER, ...runner })],
      integrations: [...integrations, elsewhere],
      ...data,
    },
    {
      signIns: tokens && signInsOf(tokens.map(tokenOf)),
      answersOf: ({ ref }) => (ref.id === (integration?.id ?? INTEGRATION) ? answers : {}),
      isKnownInherited: () => given.isKnownInherited === true,
    },
  );
  assert.ok(first);
  return {
    runner: first,
    integration: first.integrations.find(({ ref }) => ref.id === (integration?.id ?? INTEGRATION)),
  };
}

function summary({ status: { own, effective, reasons } }: ItemEntry): string {
  const state = own === effective ? own : `${own} (${effective})`;
  const codes = reasons.map(({ code }) => code).join(' ');
  return codes === '' ? state : `${state}: ${codes}`;
}

describe('the status of a runner and its integration', () => {
  for (const [title, rows] of [
    ['if', REASONS],
    ['if there are both', COMPETING],
  ] as const) {
    for (const { when, expectRunner, expectIntegration, ...given } of rows) {
      it(`${title} ${when}`, () => {
        const { runner, integration } = entriesOf(given);
        if (expectRunner !== undefined) {
          assert.equal(summary(runner), expectRunner, 'the runner');
        }
        if (expectIntegration !== undefined) {
          assert.ok(integration);
          assert.equal(summary(integration), expectIntegration, 'the integration');
        }
      });
    }
  }

  it('has for every reason a source and, if the source has one, a time', () => {
    const heard = '2026-11-27T13:58:00Z';
    const { runner, integration } = entriesOf({
      runner: { phase: DEGRADED, message: 'disk pressure', statusUpdatedAt: heard },
      integration: { virtualDirectory: '/tfs' },
      tokens: [PAT_OF(inFuture(3 * DAY))],
    });
    assert.deepEqual(runner.status.reasons, [
      {
        code: 'degraded',
        status: 'attention',
        source: 'ListRunners',
        at: new Date(heard),
        message: 'disk pressure',
      },
    ]);
    assert.deepEqual(
      integration?.status.reasons.map(({ source, at }) => [source, at]),
      [
        ['ListSCMIntegrations', AS_OF],
        ['ListHostAuthenticationTokens', AS_OF],
      ],
    );
  });

  it('says how and when it was proved that an integration works', () => {
    const { integration } = entriesOf({ answers: { access: signedIn(ago(HOUR)) } });
    assert.deepEqual(integration?.status.proof, { source: 'CheckAuthenticationForHost', at: ago(HOUR) });
  });

  it('tells how many integrations have a host in common', () => {
    const { runner } = entriesOf({ others: [{ id: OTHER, host: 'GitHub.com' }, { id: RUNNER }] });
    const [reason] = runner.status.reasons;
    assert.ok(reason?.code === 'duplicateHost');
    assert.deepEqual([reason.count, reason.host.toLowerCase()], [3, 'github.com']);
  });

  it('tells whose token ends, also if it is that of a service account', () => {
    const [entry] = withStatuses(
      { runners: [runnerOf({ id: RUNNER })], integrations: [integrationOf({ runnerId: RUNNER })] },
      { signIns: signInsOf([tokenOf({ ...PAT_OF(inFuture(DAY)), subject: ROBOT })], ROBOT) },
    );
    const [reason] = entry?.integrations[0]?.status.reasons ?? [];
    assert.ok(reason?.code === 'tokenEnding');
    assert.deepEqual(reason.subject, ROBOT);
  });

  it('does not claim that there is no sign-in if some could not be read', () => {
    const data = { runners: [runnerOf({ id: RUNNER })], integrations: [integrationOf({ runnerId: RUNNER })] };
    const signInsWith = (isPartial?: true) => {
      const signIns = { subject: JANE, tokens: [], asOf: AS_OF, ...(isPartial && { isPartial }) };
      return withStatuses(data, { signIns: new SignInIndex(signIns) })[0]?.integrations[0]?.signIns;
    };
    assert.deepEqual(signInsWith(), []);
    assert.equal(signInsWith(true), undefined);
  });

  it('of a runner does not turn its integrations into problems of their own', () => {
    const [entry] = withStatuses({
      runners: [runnerOf({ id: RUNNER, phase: INACTIVE })],
      integrations: Array.from({ length: 40 }, (_, i) =>
        integrationOf({ id: `${i}`, runnerId: RUNNER, host: `git-${i}.example` }),
      ),
    });
    assert.deepEqual(entry?.problems, { broken: 0, attention: 0 });
    assert.deepEqual([entry.status.own, entry.worst], ['broken', 'broken']);
  });

  it('says of no runner that it has no integrations, if nobody here can see any', () => {
    const [entry] = withStatuses({ runners: [runnerOf({ id: RUNNER })], integrations: [] });
    assert.deepEqual(entry?.status.reasons, []);
  });
});
