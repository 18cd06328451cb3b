import {
  CALM,
  HOUR,
  DAY,
  INTEGRATION,
  OTHER,
  OAUTH,
  ISSUER,
  ago,
  inFuture,
  signedIn,
  notSignedIn,
  invalid,
  PAT_OF,
  OAUTH_TOKEN,
  testStatuses,
  type StatusCase,
} from './statusCases.ts';
import { AS_OF } from './withStatuses.ts';

const CASES: readonly StatusCase[] = [
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
  ...['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z'].map((empty) => ({
    when: `the end of a token is the empty time ${empty}`,
    tokens: [PAT_OF(empty)],
    expectIntegration: CALM,
  })),
  {
    when: 'an OAuth token ends: it is refreshed',
    tokens: [{ ...OAUTH_TOKEN, expiresAt: inFuture(HOUR) }],
    expectIntegration: CALM,
  },
  { when: 'no sign-in is on record', tokens: [], expectIntegration: CALM },
  {
    when: 'a token without a host ends, and the integration has none either',
    integration: { host: '' },
    tokens: [{ ...PAT_OF(inFuture(DAY)), host: '' }],
    expectIntegration: CALM,
  },
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
    when: 'the runner said so when the clock was a year ahead',
    answers: { access: signedIn(ago(-365 * DAY)) },
    expectIntegration: CALM,
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
];

describe('the status of an integration', () => testStatuses('if', CASES));
