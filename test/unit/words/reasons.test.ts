import assert from 'node:assert/strict';
import type { Reason, ReasonCode } from '../../../src/inventory/reasons.ts';
import { reasonSentence, sourceText, wayOutOf } from '../../../src/words/reasons.ts';
import { reasonWords } from '../../../src/words/status.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { AS_OF, JANE, ROBOT, withStatuses } from '../inventory/withStatuses.ts';

const API_URL = 'https://app.gitpod.io/api';
const RUNNER = '11111111-1111-4111-8111-111111111111';
const RUNNER_PAGE = ['Runner Settings', `https://app.ona.com/settings/runners/${RUNNER}`];
const CONNECT = ['Connect…', 'onaScm.connect'];

const [RUNNER_ENTRY] = withStatuses({
  runners: [runnerOf({ id: RUNNER, name: 'eu-1' })],
  integrations: [integrationOf({ runnerId: RUNNER, scmId: 'gitlab', host: 'gitlab.acme.example' })],
});
assert.ok(RUNNER_ENTRY);
const [ENTRY] = RUNNER_ENTRY.integrations;
assert.ok(ENTRY);

const endsAt = new Date('2026-11-29T09:00:00');
const ATTENTION = { status: 'attention', source: 'ListSCMIntegrations', at: AS_OF } as const;
const BROKEN = { ...ATTENTION, status: 'broken' } as const;

/** A reason of every code: its words, its sentence and its way out. */
const TABLE: Readonly<Record<ReasonCode, readonly [Reason, string, string, readonly string[] | undefined]>> =
  {
    noSignIn: [
      { ...BROKEN, code: 'noSignIn' },
      'no sign-in method',
      'Nobody can sign in to gitlab.acme.example: no sign-in method is configured.',
      RUNNER_PAGE,
    ],
    invalid: [
      {
        ...BROKEN,
        code: 'invalid',
        errors: [
          { field: 'host', text: 'no such\nhost' },
          { field: 'pat', text: 'not supported' },
        ],
      },
      'configuration is invalid',
      'eu-1 found the configuration invalid: Host: no such host; Personal access token: not supported.',
      RUNNER_PAGE,
    ],
    invalidWithoutReason: [
      { ...ATTENTION, code: 'invalidWithoutReason' },
      'configuration may be invalid',
      'eu-1 found the configuration invalid, but gave no reason.',
      RUNNER_PAGE,
    ],
    oauthNotValidated: [
      { ...ATTENTION, code: 'oauthNotValidated', text: 'bad client' },
      'OAuth may be invalid',
      'eu-1 found fault with OAuth, but the client secret was not sent to it: bad client.',
      RUNNER_PAGE,
    ],
    oauthUnsupported: [
      { ...ATTENTION, code: 'oauthUnsupported' },
      'OAuth not supported',
      'GitLab does not support OAuth.',
      RUNNER_PAGE,
    ],
    patMissing: [
      { ...ATTENTION, code: 'patMissing' },
      'personal access tokens are off',
      'Personal access tokens are off, but they are the only way to sign in to GitLab.',
      RUNNER_PAGE,
    ],
    issuerMissing: [
      { ...ATTENTION, code: 'issuerMissing' },
      'issuer URL missing',
      'OAuth for GitLab requires an issuer URL, such as https://login.microsoftonline.com/<tenant>/v2.0.',
      RUNNER_PAGE,
    ],
    issuerUnused: [
      { ...ATTENTION, code: 'issuerUnused' },
      'issuer URL not used',
      'An issuer URL is set, but GitLab does not use it.',
      RUNNER_PAGE,
    ],
    directoryMissing: [
      { ...ATTENTION, code: 'directoryMissing' },
      'virtual directory missing',
      'GitLab requires a virtual directory, such as /tfs.',
      RUNNER_PAGE,
    ],
    directoryUnused: [
      { ...ATTENTION, code: 'directoryUnused' },
      'virtual directory not used',
      'A virtual directory is set, but GitLab does not use it.',
      RUNNER_PAGE,
    ],
    tokenEnding: [
      { ...ATTENTION, code: 'tokenEnding', endsAt, days: 2, subject: JANE },
      'token ends in 2 days',
      'Your personal access token for gitlab.acme.example ends on Nov 29, 2026, 09:00.',
      CONNECT,
    ],
    tokenEnded: [
      { ...ATTENTION, code: 'tokenEnded', endsAt, days: -2, subject: JANE },
      'token has ended',
      'Your personal access token for gitlab.acme.example ended on Nov 29, 2026, 09:00.',
      CONNECT,
    ],
    signedOut: [
      { ...ATTENTION, code: 'signedOut', subject: JANE },
      'no longer signed in',
      'You were signed in to gitlab.acme.example, but eu-1 now says that you are not.',
      CONNECT,
    ],
    offline: [
      { ...BROKEN, code: 'offline', message: 'no heartbeat' },
      'offline',
      'eu-1 is offline: no heartbeat.',
      RUNNER_PAGE,
    ],
    degraded: [{ ...ATTENTION, code: 'degraded', message: '' }, 'degraded', 'eu-1 is degraded.', RUNNER_PAGE],
    noIntegrations: [
      { ...ATTENTION, code: 'noIntegrations' },
      'can clone nothing: no integrations',
      'eu-1 has no integrations: it can clone nothing, not even public repositories.',
      RUNNER_PAGE,
    ],
    duplicateHost: [
      { ...ATTENTION, code: 'duplicateHost', host: 'github.com', count: 2 },
      'duplicate host',
      'eu-1 has 2 integrations for github.com. One is enough.',
      RUNNER_PAGE,
    ],
  };

describe('the reason of a status', () => {
  for (const [code, [reason, words, sentence, wayOut]] of Object.entries(TABLE)) {
    it(`${code} is said in a few words, in a sentence, and with a way out`, () => {
      assert.equal(reasonWords(reason), words);
      assert.equal(reasonSentence(reason, ENTRY, RUNNER_ENTRY), sentence);
      assert.deepEqual(Object.values(wayOutOf(reason, RUNNER_ENTRY, API_URL) ?? {}), wayOut);
    });
  }

  it('ends once, whatever the runner says last', () => {
    const texts = ['bad client', 'bad client.', 'bad client!', 'x'.repeat(999)];
    assert.deepEqual(
      texts.map((text) =>
        reasonSentence({ ...ATTENTION, code: 'oauthNotValidated', text }, ENTRY, RUNNER_ENTRY).slice(-3),
      ),
      ['nt.', 'nt.', 'nt!', 'xx…'],
    );
    const errors = [
      { field: 'host', text: 'No such host.' },
      { field: 'pat', text: 'Not supported.' },
    ] as const;
    assert.equal(
      reasonSentence({ ...ATTENTION, status: 'broken', code: 'invalid', errors }, ENTRY, RUNNER_ENTRY),
      'eu-1 found the configuration invalid: Host: No such host; Personal access token: Not supported.',
    );
  });

  it('counts days in words', () => {
    const words = [-1, 0, 1, 2, 7].map((days) =>
      reasonWords({ ...ATTENTION, code: 'tokenEnding', endsAt, days, subject: JANE }),
    );
    assert.deepEqual(words, [
      'token ends today',
      'token ends today',
      'token ends tomorrow',
      'token ends in 2 days',
      'token ends in 7 days',
    ]);
  });

  it('never says "you" to a service account, nor offers it a sign-in in the browser', () => {
    const subject = ROBOT;
    const reasons: Reason[] = [
      { ...ATTENTION, code: 'tokenEnding', endsAt, days: 2, subject },
      { ...ATTENTION, code: 'tokenEnded', endsAt, days: -2, subject },
      { ...ATTENTION, code: 'signedOut', subject },
    ];
    for (const reason of reasons) {
      const sentence = reasonSentence(reason, ENTRY, RUNNER_ENTRY);
      assert.match(sentence, /the service account 9b7d2f0e/i);
      assert.doesNotMatch(sentence, /\byou/i);
      assert.equal(wayOutOf(reason, RUNNER_ENTRY, API_URL), undefined);
    }
    assert.match(
      sourceText({ source: 'ListHostAuthenticationTokens', at: AS_OF }, RUNNER_ENTRY, subject),
      /^sign-ins of the service account 9b7d2f0e, /,
    );
  });

  it('names its source and time', () => {
    const at = new Date();
    const texts = (
      [
        'ListRunners',
        'ListSCMIntegrations',
        'ListHostAuthenticationTokens',
        'CheckAuthenticationForHost',
        'ValidateRunnerConfiguration',
      ] as const
    ).map((source) => [
      sourceText({ source, at }, RUNNER_ENTRY),
      sourceText({ source, at: undefined }, RUNNER_ENTRY),
    ]);
    const time = new Intl.DateTimeFormat('en', {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(at);
    assert.deepEqual(texts, [
      [`runner eu-1, ${time}`, 'runner eu-1'],
      [`list of integrations, ${time}`, 'list of integrations'],
      [`your sign-ins, ${time}`, 'your sign-ins'],
      [`asked eu-1 at ${time}`, 'asked eu-1'],
      [`asked eu-1 at ${time}`, 'asked eu-1'],
    ]);
  });
});
