import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import type { CheckFailure, CheckKind } from '../../../src/checks/checkState.ts';
import {
  accessSentence,
  cannotAskSentence,
  changeSentence,
  failureSentence,
  failureWords,
  validSentence,
} from '../../../src/words/checks.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { AS_OF, JANE, ROBOT, withStatuses } from '../inventory/withStatuses.ts';

function sampleOf(fields: Partial<ScmIntegration> = {}) {
  const [runner] = withStatuses({
    runners: [runnerOf({ id: 'eu', name: 'eu-1' })],
    integrations: [integrationOf({ runnerId: 'eu', ...fields })],
  });
  const entry = runner?.integrations[0];
  assert.ok(runner && entry);
  return { runner, entry };
}

const UUID = '11111111-1111-4111-8111-111111111111';

const { runner: RUNNER, entry: ENTRY } = sampleOf();

const error = new OnaApiError({
  problem: 'timeout',
  code: 'deadline_exceeded',
  method: 'CheckAuthenticationForHost',
  host: 'api.acme.example',
  timeoutMs: 30_000,
});

const speak = (language: 'de' | 'ja') =>
  l10n.config({ contents: readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8') });

/** What is said of the last answer about access. */
function access(signedIn: boolean, subject: typeof JANE | undefined = JANE): string | undefined {
  const lastAnswer = { result: { signedIn, wasSignedIn: false }, at: AS_OF };
  return accessSentence({ lastAnswer }, ENTRY, RUNNER, subject);
}

/** What is said of the last answer about the configuration. */
function validation(valid: boolean, fields: Partial<ScmIntegration> = {}): string | undefined {
  const { runner, entry } = sampleOf(fields);
  return validSentence({ lastAnswer: { result: { valid, errors: [] }, at: AS_OF } }, entry, runner);
}

/** Every kind of failure, as a sentence for both checks, and as words. */
const FAILURES: readonly (readonly [CheckFailure, string, string, string])[] = [
  [
    { kind: 'notActive' },
    'eu-1 is not active, so it could not be asked.',
    'eu-1 is not active, so it could not be asked.',
    'not active',
  ],
  [
    { kind: 'unsupported' },
    'eu-1 cannot say who is signed in: its version is too old.',
    'eu-1 cannot validate configurations: its version is too old.',
    'version too old',
  ],
  [
    { kind: 'readOnlyKey' },
    'This API key is read-only, so eu-1 could not be asked. Use a read & write key.',
    'This API key is read-only, so eu-1 could not be asked. Use a read & write key.',
    'no permission',
  ],
  [
    { kind: 'noPermission' },
    'This API key is not allowed to ask eu-1. A read & write key may be needed.',
    "This API key is not allowed to ask eu-1. Validation requires a runner administrator's read & write key.",
    'no permission',
  ],
  [
    { kind: 'noResult' },
    'eu-1 said nothing about this integration.',
    'eu-1 said nothing about this integration.',
    'no result',
  ],
  [
    { kind: 'timeout', error },
    'eu-1 did not answer in time. Retry, or raise onaScm.requestTimeout.',
    'eu-1 did not answer in time. Retry, or raise onaScm.requestTimeout.',
    'no answer',
  ],
  [
    { kind: 'failed', error },
    'The API at api.acme.example did not answer in 30 s. Retry, or raise onaScm.requestTimeout.',
    'The API at api.acme.example did not answer in 30 s. Retry, or raise onaScm.requestTimeout.',
    'unexpected error',
  ],
];

describe('the words for what runners were asked', () => {
  afterEach(() => l10n.config({ contents: {} }));

  it('say whether somebody is signed in, by whom, and to which host', () => {
    assert.equal(access(true), 'eu-1 says that you are signed in to github.com.');
    assert.equal(access(false), 'eu-1 says that you are not signed in to github.com.');
    assert.equal(accessSentence({}, ENTRY, RUNNER, JANE), undefined);
  });

  it('never call a service account "you"', () => {
    assert.equal(
      access(true, ROBOT),
      'eu-1 says that the service account 9b7d2f0e is signed in to github.com.',
    );
    assert.equal(
      access(false, ROBOT),
      'eu-1 says that the service account 9b7d2f0e is not signed in to github.com.',
    );
    for (const language of ['de', 'ja'] as const) {
      speak(language);
      for (const signedIn of [true, false]) {
        assert.match(access(signedIn, ROBOT) ?? '', /9b7d2f0e/);
        assert.doesNotMatch(access(signedIn, ROBOT) ?? '', /\bSie\b|自分/);
      }
    }
  });

  it('say that a configuration is valid, and what the runner could not know; a reason says what is not', () => {
    assert.equal(validation(true), 'eu-1 found the configuration valid.');
    const oauth = { clientId: 'acme', clientSecretSet: false };
    assert.equal(validation(true, { oauth }), 'eu-1 found the configuration valid.');
    assert.equal(
      validation(true, { oauth: { ...oauth, clientSecretSet: true } }),
      'eu-1 found the configuration valid. The client secret was not sent to it.',
    );
    assert.equal(validation(false), undefined);
    assert.equal(validSentence({}, ENTRY, RUNNER), undefined);
  });

  it('say that a recent change may not have reached the runner', () => {
    const at = new Date();
    const lastAnswer = { result: undefined, at, changedSince: at };
    assert.match(
      changeSentence({ lastAnswer }) ?? '',
      /^The integration has changed since \d\d:\d\d\. A change may take up to 10 minutes to reach the runner\.$/,
    );
    assert.equal(changeSentence({ lastAnswer: { result: undefined, at } }), undefined);
    assert.equal(changeSentence({}), undefined);
  });

  for (const [failure, ofAccess, ofValidation, words] of FAILURES) {
    it(`say why a runner could not answer: ${failure.kind}`, () => {
      const said = (kind: CheckKind) => failureSentence(failure, kind, RUNNER);
      assert.deepEqual(
        [said('access'), said('validation'), failureWords(failure)],
        [ofAccess, ofValidation, words],
      );
      // No failure looks like a fault of the integration.
      assert.doesNotMatch(`${said('access')} ${said('validation')}`, /invalid|broken|not signed in/);
    });
  }

  it('say of an old answer that it was so, not that it is', () => {
    const past = (signedIn: boolean, subject: typeof JANE) => {
      const lastAnswer = { result: { signedIn, wasSignedIn: false }, at: AS_OF };
      return accessSentence({ lastAnswer }, ENTRY, RUNNER, subject, false);
    };
    assert.equal(past(true, JANE), 'eu-1 said that you were signed in to github.com.');
    assert.equal(past(false, JANE), 'eu-1 said that you were not signed in to github.com.');
    assert.equal(
      past(true, ROBOT),
      'eu-1 said that the service account 9b7d2f0e was signed in to github.com.',
    );
    assert.equal(
      past(false, ROBOT),
      'eu-1 said that the service account 9b7d2f0e was not signed in to github.com.',
    );
  });

  it('say why a runner cannot be asked', () => {
    const why = (fields: Partial<Runner>, ownerOf = UUID) => {
      const [runner] = withStatuses({
        runners: [runnerOf({ id: UUID, name: 'eu-1', ...fields })],
        integrations: [integrationOf({ runnerId: ownerOf })],
      }).filter(({ ref }) => ref.runnerId === (fields.id ?? ownerOf));
      assert.ok(runner);
      return cannotAskSentence(runner);
    };
    assert.equal(why({}), undefined);
    assert.equal(why({ phase: 'RUNNER_PHASE_DEGRADED' }), undefined);
    assert.equal(why({ phase: 'RUNNER_PHASE_INACTIVE' }), 'eu-1 is offline, so it cannot be asked.');
    assert.equal(why({ phase: 'RUNNER_PHASE_DELETING' }), 'eu-1 is not active, so it cannot be asked.');
    assert.equal(
      why({}, 'gone'),
      'Unknown runner gone is not in the list of runners, so it cannot be asked.',
    );
    assert.equal(why({ id: 'eu' }), 'eu-1 cannot be asked, because its ID is not valid.');
    assert.equal(
      why({ kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' }),
      'No runner can be asked about the shared local configuration.',
    );
  });

  it('are German', () => {
    speak('de');
    assert.equal(access(true), 'Laut eu-1 sind Sie bei github.com angemeldet.');
    assert.equal(access(false), 'Laut eu-1 sind Sie nicht bei github.com angemeldet.');
    assert.equal(
      access(false, ROBOT),
      'Laut eu-1 ist das Dienstkonto 9b7d2f0e nicht bei github.com angemeldet.',
    );
    assert.equal(validation(true), 'eu-1 hält die Konfiguration für gültig.');
    assert.equal(
      failureSentence({ kind: 'noPermission' }, 'validation', RUNNER),
      'Dieser API-Schlüssel ist nicht berechtigt, eu-1 abzufragen. Für die Validierung ist ein Schlüssel mit Lese- und Schreibzugriff erforderlich, der einem Runner-Administrator gehört.',
    );
    assert.deepEqual(
      FAILURES.map(([failure]) => failureWords(failure)),
      [
        'nicht aktiv',
        'Version zu alt',
        'keine Berechtigung',
        'keine Berechtigung',
        'kein Ergebnis',
        'keine Antwort',
        'unerwarteter Fehler',
      ],
    );
  });

  it('are Japanese', () => {
    speak('ja');
    assert.equal(access(true), 'eu-1 によると、github.com にサインインしています。');
    assert.equal(
      access(false, ROBOT),
      'eu-1 によると、サービス アカウント 9b7d2f0e は github.com にサインインしていません。',
    );
    assert.equal(validation(true), 'eu-1 は構成を有効と判定しました。');
    assert.equal(
      failureSentence({ kind: 'unsupported' }, 'access', RUNNER),
      'eu-1 はバージョンが古いため、サインインの状態を回答できません。',
    );
  });
});
