import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { Runner } from '../../../src/api/runners.ts';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import type { CheckTarget } from '../../../src/checks/askedAbout.ts';
import {
  type CheckSummary,
  confirmQuestion,
  type LeftOutReason,
  nothingText,
  summaryText,
  validationExplained,
} from '../../../src/words/checkSummary.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { withStatuses } from '../inventory/withStatuses.ts';

function targetOf(name: string, fields: Partial<Runner> = {}): CheckTarget {
  const [runner] = withStatuses({
    runners: [runnerOf({ id: name, name, ...fields })],
    integrations: [integrationOf({ runnerId: name })],
  });
  const entry = runner?.integrations[0];
  assert.ok(runner && entry);
  return { runner, entry };
}

const EU = targetOf('eu-1');
const LAB = targetOf('lab', { phase: 'RUNNER_PHASE_INACTIVE' });
const SHARED = targetOf('local', { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' });

const keyRefused = new OnaApiError({
  problem: 'keyRefused',
  code: 'unauthenticated',
  method: 'CheckAuthenticationForHost',
  host: 'api.acme.example',
});

const speak = (language: 'de' | 'ja') =>
  l10n.config({ contents: readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8') });

function summary(parts: Partial<CheckSummary>): string {
  return summaryText({
    kind: 'access',
    good: 0,
    bad: 0,
    attention: 0,
    failed: [],
    skipped: [],
    unasked: 0,
    stoppedBy: undefined,
    leftOut: [],
    hasChanged: false,
    ...parts,
  });
}

function leftOut(reason: LeftOutReason, count: number, target = EU) {
  return Array.from({ length: count }, () => ({ reason, target }));
}

describe('the summary of checks', () => {
  afterEach(() => l10n.config({ contents: {} }));

  it('counts integrations by what their runners answered, and says why some could not be checked', () => {
    assert.equal(
      summary({ good: 10, bad: 1, failed: [{ failure: { kind: 'unsupported' }, count: 1 }] }),
      '12 checked: 10 signed in, 1 not signed in, 1 could not be checked (version too old).',
    );
    assert.equal(
      summary({
        failed: [
          { failure: { kind: 'unsupported' }, count: 2 },
          { failure: { kind: 'noResult' }, count: 1 },
          { failure: { kind: 'unsupported' }, count: 1 },
        ],
      }),
      '4 checked: 4 could not be checked (version too old, no result).',
    );
    assert.equal(
      summary({
        kind: 'validation',
        good: 3,
        bad: 1,
        attention: 2,
        failed: [{ failure: { kind: 'noResult' }, count: 1 }],
      }),
      '7 validated: 3 valid, 1 invalid, 2 need attention, 1 could not be validated (no result).',
    );
  });

  it('counts a runner that is not active as a result', () => {
    const failed = (count: number) => [{ failure: { kind: 'notActive' as const }, count }];
    assert.equal(
      summary({ good: 1, failed: failed(1) }),
      '2 checked: 1 signed in, 1 on a runner that is not active.',
    );
    assert.equal(summary({ failed: failed(2) }), '2 checked: 2 on runners that are not active.');
  });

  it('says once what helps if the key may not ask', () => {
    const failed = (kind: 'readOnlyKey' | 'noPermission') => [{ failure: { kind }, count: 2 }];
    assert.equal(
      summary({ failed: failed('readOnlyKey') }),
      '2 checked: 2 could not be checked (no permission). This API key is read-only. Use a read & write key.',
    );
    assert.equal(
      summary({ failed: failed('noPermission') }),
      '2 checked: 2 could not be checked (no permission). A read & write key may be needed.',
    );
    assert.equal(
      summary({ kind: 'validation', failed: failed('noPermission') }),
      "2 validated: 2 could not be validated (no permission). Validation requires a runner administrator's read & write key.",
    );
  });

  it('names runners that were skipped, and says why it ended early', () => {
    assert.equal(
      summary({
        good: 1,
        skipped: [
          { runner: EU.runner, count: 4 },
          { runner: LAB.runner, count: 1 },
        ],
      }),
      '1 checked: 1 signed in. Skipped after two timeouts: eu-1 and lab (5 left out).',
    );
    const many = Array.from({ length: 7 }, () => ({ runner: EU.runner, count: 1 }));
    assert.match(summary({ skipped: many }), /eu-1, eu-1, eu-1, eu-1, eu-1, and 2 more \(7 left out\)\.$/);
    assert.equal(summary({ good: 1, unasked: 163 }), '1 checked: 1 signed in. Canceled, 163 not checked.');
    assert.equal(
      summary({ bad: 1, unasked: 3, stoppedBy: keyRefused }),
      '1 checked: 1 not signed in. Stopped, 3 not checked: api.acme.example rejected the API key: it is invalid, expired, or deleted. Sign in again.',
    );
    assert.equal(summary({ kind: 'validation', unasked: 2 }), 'Canceled, 2 not validated.');
  });

  it('says what was left out, and that a change may not have arrived', () => {
    assert.equal(
      summary({
        good: 2,
        hasChanged: true,
        leftOut: [
          ...leftOut('notActive', 3),
          ...leftOut('shared', 1),
          ...leftOut('notListed', 1),
          ...leftOut('badHost', 2),
        ],
      }),
      [
        '2 checked: 2 signed in.',
        'A change may take up to 10 minutes to reach a runner.',
        '3 left out: their runners are not active.',
        '1 left out: no runner can be asked about the shared local configuration.',
        '1 left out: its runner is not in the list.',
        '2 left out: their hosts are not valid.',
      ].join(' '),
    );
    assert.equal(
      summary({ kind: 'validation', good: 1, leftOut: leftOut('inherited', 1) }),
      '1 validated: 1 valid. 1 left out: it is managed by Ona.',
    );
  });

  it('says why there is nothing to ask, by name if that is one runner', () => {
    const text = (...all: Parameters<typeof nothingText>[0][]) => nothingText(all.flat(), 'access');
    assert.equal(text(), 'There are no integrations here.');
    // As in the tree and the details.
    assert.equal(text(leftOut('notActive', 2, LAB)), 'lab is offline, so it cannot be asked.');
    assert.equal(
      text(leftOut('shared', 1, SHARED)),
      'No runner can be asked about the shared local configuration.',
    );
    assert.equal(
      text(leftOut('badHost', 1)),
      'github.com is not a valid host, so eu-1 cannot be asked about it.',
    );
    assert.equal(text(leftOut('running', 1)), 'eu-1 is already being asked.');
    assert.equal(
      nothingText(leftOut('inherited', 1), 'validation'),
      'The integration for github.com on eu-1 is managed by Ona, so it is not validated.',
    );
    assert.equal(
      text(leftOut('notActive', 1), leftOut('notActive', 1, LAB)),
      'Nothing to check. 2 left out: their runners are not active.',
    );
    assert.equal(
      nothingText([...leftOut('running', 2), ...leftOut('inherited', 2)], 'validation'),
      'Nothing to validate. 2 left out: their runners are already being asked. 2 left out: they are managed by Ona.',
    );
  });

  it('asks before many calls, and explains a validation', () => {
    assert.equal(confirmQuestion('access', 200, 40), 'Check access with 200 calls to 40 runners?');
    assert.equal(confirmQuestion('validation', 51, 1), 'Validate configurations with 51 calls to 1 runner?');
    assert.equal(
      validationExplained([EU.runner]),
      'Asks the runner eu-1 to test host, provider, client and issuer. No secret is sent.',
    );
    assert.equal(
      validationExplained([EU.runner, LAB.runner]),
      'Asks 2 runners to test host, provider, client and issuer. No secret is sent.',
    );
  });

  it('is German', () => {
    speak('de');
    assert.equal(
      summary({ good: 10, bad: 1, unasked: 2, leftOut: leftOut('notActive', 1) }),
      '11 geprüft: 10 angemeldet, 1 nicht angemeldet. Abgebrochen, 2 nicht geprüft. 1 ausgelassen: Der Runner ist nicht aktiv.',
    );
    assert.equal(
      summary({
        kind: 'validation',
        good: 1,
        attention: 1,
        failed: [{ failure: { kind: 'notActive' }, count: 2 }],
        leftOut: leftOut('notActive', 2),
      }),
      '4 validiert: 1 gültig, 1 zu prüfen, 2 auf nicht aktiven Runnern. 2 ausgelassen: Die Runner sind nicht aktiv.',
    );
    assert.equal(
      summary({ skipped: [{ runner: EU.runner, count: 1 }] }),
      'Nach zwei Zeitüberschreitungen übersprungen: eu-1 (1 ausgelassen).',
    );
    assert.equal(confirmQuestion('access', 200, 40), 'Zugriff mit 200 Aufrufen an 40 Runner prüfen?');
  });

  it('is Japanese', () => {
    speak('ja');
    assert.equal(
      summary({ good: 10, bad: 1, unasked: 2, leftOut: leftOut('notActive', 1) }),
      '11 件の確認結果: サインイン済み 10 件、未サインイン 1 件。 キャンセルしました (未確認 2 件)。 1 件を除外しました: ランナーがアクティブではありません。',
    );
    assert.equal(
      confirmQuestion('access', 200, 40),
      '40 件のランナーに 200 回の呼び出しを行って、アクセスを確認しますか?',
    );
  });
});
