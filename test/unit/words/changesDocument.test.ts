import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import * as l10n from '@vscode/l10n';
import type { Change } from '../../../src/inventory/changes.ts';
import { type ChangesDocument, changesText } from '../../../src/words/changesDocument.ts';
import { methodChange, minutes, phaseChange, SEEN, versionChange } from '../inventory/changeSamples.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** The document at 14:05 on November 28, 2026. */
function documentOf(changes: readonly Change[], fields: Partial<ChangesDocument> = {}): string {
  return changesText({ organization: 'Acme', checkedAt: minutes(2), since: undefined, changes, ...fields });
}

describe('the document of changes', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: minutes(3) }));

  afterEach(() => {
    mock.timers.reset();
    l10n.config({ contents: {} });
  });

  const CHANGES = [
    methodChange('oauth', false),
    phaseChange('us-staging', 'ACTIVE', 'INACTIVE', { at: minutes(-4) }),
    ...['a', 'b', 'c'].map((id) =>
      versionChange(id, '20260801', '20260812', {
        at: minutes(-6 * HOUR - 1),
        since: minutes(-20 * HOUR - 22),
      }),
    ),
    phaseChange('eu', 'ACTIVE', 'DEGRADED', { at: minutes(-6 * HOUR - 1), since: minutes(-20 * HOUR - 22) }),
    phaseChange('eu', 'INACTIVE', 'ACTIVE', { at: minutes(-DAY), since: minutes(-DAY - 2 * HOUR) }),
    phaseChange('eu', 'ACTIVE', 'INACTIVE', { at: minutes(-2 * DAY), since: minutes(-5 * DAY) }),
  ];

  it('has days, times, and since when something can have happened', () => {
    assert.deepEqual(documentOf(CHANGES).split('\n'), [
      'Changes in Acme',
      'Last checked: 14:04',
      '',
      'Saturday, November 28, 2026',
      '',
      '14:02  GitLab (gitlab.acme.example) on us-staging: OAuth turned off',
      '13:58  us-staging went offline',
      '08:01  Since yesterday 17:40:',
      '       3 runners: 20260801 → 20260812',
      '       eu became degraded',
      '',
      'Friday, November 27, 2026',
      '',
      '14:02  Since 12:02:',
      '       eu is active again (before: offline)',
      '',
      'Thursday, November 26, 2026',
      '',
      '14:02  Since Nov 23, 2026, 14:02:',
      '       eu went offline',
      '',
    ]);
  });

  it('has one line for a roll-out, though the runners were read one after the other', () => {
    const rolled = (id: string, minute: number) =>
      versionChange(id, '1', '2', { at: minutes(minute), since: minutes(-22) });
    const changes = [
      rolled('a', -1),
      phaseChange('x', 'ACTIVE', 'INACTIVE', { at: minutes(-4) }),
      rolled('b', -5),
      rolled('c', -20),
      // Another time, after it had been undone.
      rolled('c', -21),
    ];
    assert.deepEqual(documentOf(changes).split('\n').slice(5), [
      '14:01  Since 13:40:',
      '       3 runners: 1 → 2',
      '13:58  x went offline',
      '13:41  c: 1 → 2',
      '',
    ]);
  });

  it('says that there are none, and since when', () => {
    assert.equal(
      documentOf([], { since: minutes(-30) }),
      'Changes in Acme\nLast checked: 14:04\n\nNo changes since 13:32.\n',
    );
    assert.equal(
      documentOf([], { since: minutes(-DAY), checkedAt: undefined }),
      'Changes in Acme\n\nNo changes since Nov 27, 2026, 14:02.\n',
    );
    assert.equal(
      documentOf([], { organization: '', checkedAt: undefined }),
      'Changes\n\nNo changes are known yet.\n',
    );
  });

  it('says that no more changes are kept', () => {
    const changes = Array.from({ length: 500 }, (_, i) => phaseChange(`r${i}`, 'ACTIVE', 'INACTIVE'));
    assert.match(documentOf(changes), /\n\nOnly the last 500 changes are kept\.\n$/);
    assert.doesNotMatch(documentOf(changes.slice(1)), /500/);
  });

  it('cannot get lines from names', () => {
    const text = documentOf([phaseChange('x', 'ACTIVE', 'INACTIVE', { name: 'a\n14:00  b' })], {
      organization: 'Ac\nme',
    });
    assert.match(text, /^Changes in Ac me\n/);
    assert.match(text, /\n14:02 {2}a 14:00 {2}b went offline\n$/);
  });

  it('is German', () => {
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.de.json', 'utf8') });
    const lines = documentOf(CHANGES).split('\n');
    assert.deepEqual(
      [0, 1, 3, 5, 7, 8, 18].map((i) => lines[i]),
      [
        'Änderungen in Acme',
        'Zuletzt geprüft: 14:04',
        'Samstag, 28. November 2026',
        '14:02  GitLab (gitlab.acme.example) auf us-staging: OAuth deaktiviert',
        '08:01  Seit gestern 17:40:',
        '       3 Runner: 20260801 → 20260812',
        '14:02  Seit 23.11.2026, 14:02:',
      ],
    );
    assert.match(documentOf([], { since: SEEN }), /\nSeit 14:02 keine Änderungen\.\n/);
  });

  it('is Japanese', () => {
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.ja.json', 'utf8') });
    const lines = documentOf(CHANGES).split('\n');
    assert.deepEqual(
      [0, 1, 3, 7].map((i) => lines[i]),
      ['Acme の変更', '最終確認: 14:04', '2026年11月28日土曜日', '08:01  昨日 17:40 以降:'],
    );
  });
});
