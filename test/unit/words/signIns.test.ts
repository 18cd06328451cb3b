import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { RunnerRole } from '../../../src/inventory/groups.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { signInSentence } from '../../../src/words/signIns.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { AS_OF, JANE, ROBOT, signInsOf, tokenOf, withStatuses } from '../inventory/withStatuses.ts';

const OAUTH = { source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH' };

interface Case {
  readonly subject?: typeof JANE;
  readonly role?: RunnerRole;
  readonly integration?: Partial<ScmIntegration>;
  readonly isProved?: boolean;
}

/** What is said of an integration with these sign-ins; the time of day is that of the reader. */
function sentence(
  tokens: readonly Partial<HostAuthenticationToken>[],
  { subject = JANE, role = 'ordinary', integration = {}, isProved = false }: Case = {},
): string | undefined {
  const index = signInsOf(
    tokens.map((fields) => tokenOf({ runnerId: 'eu', ...fields })),
    subject,
  );
  const [runner] = withStatuses(
    { runners: [runnerOf({ id: 'eu' })], integrations: [integrationOf({ runnerId: 'eu', ...integration })] },
    {
      signIns: index,
      answersOf: () => (isProved ? { access: { signedIn: true, at: AS_OF, wasSignedIn: false } } : {}),
    },
  );
  const entry = runner?.integrations[0];
  assert.ok(entry);
  return signInSentence(entry, index.signIns, role)?.replaceAll(/\d\d:\d\d/g, 'HH:MM');
}

describe('the sentence about sign-ins on record', () => {
  afterEach(() => l10n.config({ contents: {} }));

  const AT = 'As of Nov 27, 2026, HH:MM';

  it('says how, and that it was not tested', () => {
    assert.match(
      sentence([OAUTH]) ?? '',
      /^As of (?:Nov 27, 2026, )?HH:MM, a sign-in of yours is on record: OAuth\. It was not tested\.$/,
    );
  });

  const said = (text: string | undefined) => text?.replace(/^As of (?:Nov 27, 2026, )?HH:MM/, AT);

  it('names each method once, and says until when a personal access token is valid', () => {
    const year = new Date().getFullYear() + 1;
    assert.equal(
      said(sentence([OAUTH, OAUTH, { expiresAt: `${year}-06-15T12:00:00Z` }, { source: 'NEW' }])),
      `${AT}, several sign-ins of yours are on record: OAuth, personal access token (until Jun 15, ${year}, HH:MM), and another method. They were not tested.`,
    );
    assert.match(
      sentence([{ expiresAt: '2020-06-15T12:00:00Z' }]) ?? '',
      /: personal access token \(ended Jun 15, 2020, HH:MM\)\./,
    );
  });

  it('says nothing of the end of an OAuth token, which is refreshed', () => {
    assert.match(sentence([{ ...OAUTH, expiresAt: '2020-06-15T12:00:00Z' }]) ?? '', /record: OAuth\. It/);
  });

  it('does not say that it was not tested if the runner has said that it works', () => {
    assert.equal(
      said(sentence([OAUTH], { isProved: true })),
      `${AT}, a sign-in of yours is on record: OAuth.`,
    );
  });

  it('says that there is none', () => {
    assert.equal(said(sentence([])), `${AT}, no sign-in of yours is on record.`);
  });

  it('names a service account, and how it signs in, and never says "you"', () => {
    assert.equal(
      said(sentence([], { subject: ROBOT })),
      `${AT}, no sign-in of the service account 9b7d2f0e is on record. It signs in through the API or Terraform (ona_git_authentication).`,
    );
    assert.equal(
      said(sentence([{}, OAUTH], { subject: ROBOT })),
      `${AT}, several sign-ins of the service account 9b7d2f0e are on record: personal access token and OAuth. They were not tested.`,
    );
  });

  it('says nothing if nobody can sign in, or not there, or if it is not known', () => {
    assert.equal(sentence([], { integration: { pat: false } }), undefined);
    assert.equal(sentence([], { role: 'local' }), undefined);
    assert.equal(sentence([], { role: 'unknown' }), undefined);
    const [runner] = withStatuses({ runners: [], integrations: [integrationOf({})] });
    const entry = runner?.integrations[0];
    assert.ok(entry);
    assert.equal(signInSentence(entry, undefined, 'ordinary'), undefined);
    assert.equal(signInSentence(entry, signInsOf([]).signIns, 'ordinary'), undefined);
  });

  it('is German and Japanese', () => {
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.de.json', 'utf8') });
    assert.match(
      sentence([OAUTH]) ?? '',
      /^Für Sie ist eine Anmeldung hinterlegt \(Stand: .*HH:MM\): OAuth\. Sie wurde nicht getestet\.$/,
    );
    assert.match(
      sentence([], { subject: ROBOT }) ?? '',
      /^Für Dienstkonto 9b7d2f0e ist keine Anmeldung hinterlegt \(Stand: .*\)\. Es meldet sich über die API/,
    );
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.ja.json', 'utf8') });
    assert.match(sentence([]) ?? '', /時点で、自分のサインインは記録されていません。$/);
  });
});
