import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { ChangeLine } from '../../../src/inventory/groupedChanges.ts';
import { groupedChanges } from '../../../src/inventory/groupedChanges.ts';
import { lossesText } from '../../../src/words/losses.ts';
import { changeMarkText } from '../../../src/words/changeMark.ts';
import { changeSentence } from '../../../src/words/changes.ts';
import {
  changedRunner,
  fieldChange,
  integrationPresence,
  methodChange,
  minutes,
  phaseChange,
  runnerPresence,
  versionChange,
} from '../inventory/changeSamples.ts';

function use(language: 'de' | 'ja'): void {
  l10n.config({ contents: readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8') });
}

const GITLAB = 'GitLab (gitlab.acme.example) on us-staging';
const byVisibility = true as const;
const rollOut = (count: number) =>
  groupedChanges(Array.from({ length: count }, (_, i) => versionChange(`r${i}`, '20260801', '20260812')));

describe('a change in words', () => {
  afterEach(() => l10n.config({ contents: {} }));

  const local = { role: 'local', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' } as const;
  const cases: [ChangeLine, string][] = [
    [integrationPresence('integrationAdded'), `${GITLAB}: added (OAuth, PAT)`],
    [integrationPresence('integrationAdded', { methods: [] }), `${GITLAB}: added (no sign-in method)`],
    [integrationPresence('integrationAdded', { byVisibility }), `${GITLAB}: now visible to this key`],
    [integrationPresence('integrationRemoved'), `${GITLAB}: removed`],
    [integrationPresence('integrationRemoved', { byVisibility }), `${GITLAB}: no longer visible to this key`],
    [methodChange('oauth', false), `${GITLAB}: OAuth turned off`],
    [methodChange('oauth', true), `${GITLAB}: OAuth turned on`],
    [methodChange('pat', false), `${GITLAB}: personal access tokens turned off`],
    [methodChange('pat', true), `${GITLAB}: personal access tokens turned on`],
    [
      fieldChange('host', 'git.example', 'gitlab.acme.example'),
      `${GITLAB}: host git.example → gitlab.acme.example`,
    ],
    [fieldChange('clientId', 'a', 'b'), `${GITLAB}: OAuth client ID a → b`],
    [fieldChange('issuerUrl', '', 'https://id.example'), `${GITLAB}: issuer URL (none) → https://id.example`],
    [fieldChange('virtualDirectory', '/tfs', ''), `${GITLAB}: virtual directory /tfs → (none)`],
    [phaseChange('eu', 'ACTIVE', 'INACTIVE'), 'eu went offline'],
    [phaseChange('eu', 'DEGRADED', 'INACTIVE'), 'eu went offline (before: degraded)'],
    [phaseChange('eu', 'INACTIVE', 'ACTIVE'), 'eu is active again (before: offline)'],
    [phaseChange('eu', 'CREATED', 'ACTIVE'), 'eu became active (before: not set up yet)'],
    [phaseChange('eu', 'ACTIVE', 'DEGRADED'), 'eu became degraded'],
    [phaseChange('eu', 'ACTIVE', 'DELETING'), 'eu is being deleted'],
    [phaseChange('eu', 'DELETING', 'DELETED'), 'eu was deleted (before: being deleted)'],
    [phaseChange('eu', 'ACTIVE', 'UNSPECIFIED'), 'eu: active → state unknown'],
    [phaseChange('eu', 'INACTIVE', 'NAPPING'), 'eu: offline → napping'],
    [versionChange('eu', '20260801', '20260812'), 'eu: 20260801 → 20260812'],
    [runnerPresence('runnerAdded', 'eu'), 'Runner eu: added'],
    [runnerPresence('runnerAdded', 'eu', { integrations: 1 }), 'Runner eu: added, 1 integration'],
    [runnerPresence('runnerRemoved', 'eu', { integrations: 4 }), 'Runner eu: removed, 4 integrations'],
    [runnerPresence('runnerRemoved', 'eu', { byVisibility }), 'Runner eu: no longer visible to this key'],
    [runnerPresence('runnerAdded', 'x', local), 'Local runners: added'],
    [runnerPresence('runnerAdded', '3f2a91c04d', { name: '' }), 'Runner Unnamed runner 3f2a91c0: added'],
    [
      methodChange('pat', true, {
        runner: changedRunner('3f2a91c04d', { name: '', role: 'unknown' }),
        scmId: 'forge',
        host: '',
      }),
      'forge ((no host)) on Unknown runner 3f2a91c0: personal access tokens turned on',
    ],
  ];
  for (const [line, text] of cases) {
    it(`is "${text}"`, () => assert.equal(changeSentence(line), text));
  }

  it('is one line, whatever somebody has typed', () => {
    const change = fieldChange('issuerUrl', 'a\nb', `${'x'.repeat(300)}\u202e`, { host: 'a\r\nb' });
    assert.match(changeSentence(change), /^GitLab \(a b\) on us-staging: issuer URL a b → x{200}…$/);
  });

  it('is one line for a roll-out, but not for a single runner', () => {
    assert.deepEqual(rollOut(12).map(changeSentence), ['12 runners: 20260801 → 20260812']);
    assert.deepEqual(rollOut(1).map(changeSentence), ['r0: 20260801 → 20260812']);
  });

  it('is one line for each roll-out, at the place of its first change', () => {
    const changes = [
      phaseChange('a', 'ACTIVE', 'INACTIVE'),
      versionChange('a', '1', '2'),
      versionChange('b', '1', '3'),
      methodChange('pat', true),
      versionChange('c', '1', '2'),
      versionChange('d', '1', '2', { at: minutes(-61) }),
    ];
    assert.deepEqual(groupedChanges(changes).map(changeSentence), [
      'a went offline',
      '2 runners: 1 → 2',
      'b: 1 → 3',
      `${GITLAB}: personal access tokens turned on`,
      'd: 1 → 2',
    ]);
  });

  it('is German', () => {
    use('de');
    assert.deepEqual(
      [
        methodChange('oauth', false),
        phaseChange('us-staging', 'ACTIVE', 'INACTIVE'),
        phaseChange('us-staging', 'INACTIVE', 'ACTIVE'),
        runnerPresence('runnerRemoved', 'eu', { integrations: 1 }),
        ...rollOut(12),
      ].map(changeSentence),
      [
        'GitLab (gitlab.acme.example) auf us-staging: OAuth deaktiviert',
        'us-staging ist jetzt offline',
        'us-staging ist wieder aktiv (vorher: offline)',
        'Runner eu: entfernt, 1 Integration',
        '12 Runner: 20260801 → 20260812',
      ],
    );
  });

  it('is Japanese', () => {
    use('ja');
    assert.deepEqual(
      [methodChange('oauth', false), phaseChange('us-staging', 'ACTIVE', 'INACTIVE'), ...rollOut(12)].map(
        changeSentence,
      ),
      [
        'us-staging 上の GitLab (gitlab.acme.example): OAuth がオフになりました',
        'us-staging がオフラインになりました',
        '12 件のランナー: 20260801 → 20260812',
      ],
    );
  });
});

describe('the notification of what can break clones', () => {
  afterEach(() => l10n.config({ contents: {} }));

  const offline = (id: string) => phaseChange(id, 'ACTIVE', 'INACTIVE');
  const ALL = [
    methodChange('pat', false, { id: '1' }),
    methodChange('pat', false, { id: '2' }),
    methodChange('oauth', false, { id: '1' }),
    methodChange('oauth', false, { id: '2' }),
    integrationPresence('integrationRemoved', { id: '1' }),
    integrationPresence('integrationRemoved', { id: '2' }),
    runnerPresence('runnerRemoved', 'a'),
    runnerPresence('runnerRemoved', 'b'),
    phaseChange('a', 'ACTIVE', 'DELETING'),
    phaseChange('b', 'ACTIVE', 'DELETED'),
    ...['a', 'b', 'c'].map(offline),
  ];

  it('says a single change as it is', () => {
    assert.equal(lossesText([offline('eu')]), 'eu went offline.');
    assert.equal(lossesText([methodChange('oauth', false)]), `${GITLAB}: OAuth turned off.`);
    assert.equal(lossesText([phaseChange('eu', 'ACTIVE', 'DELETING')]), 'eu is being deleted.');
  });

  it('sums up several, runners first', () => {
    assert.equal(
      lossesText(ALL),
      '3 runners went offline. 2 runners are no longer active. 2 runners were removed. ' +
        '2 integrations were removed. OAuth was turned off on 2 integrations. ' +
        'Personal access tokens were turned off on 2 integrations.',
    );
    assert.equal(
      lossesText([integrationPresence('integrationRemoved'), offline('a'), offline('b')]),
      `2 runners went offline. ${GITLAB}: removed.`,
    );
  });

  it('is German and Japanese', () => {
    use('de');
    assert.match(lossesText(ALL), /^3 Runner sind jetzt offline\. 2 Runner sind nicht mehr aktiv\./);
    use('ja');
    assert.match(lossesText(ALL), /^3 件のランナーがオフラインになりました。 2 件の/);
    assert.equal(lossesText([offline('eu')]), 'eu がオフラインになりました。');
  });
});

describe('the mark of a change in a row', () => {
  it('is "new", or when the item has changed', () => {
    const today = new Date();
    today.setHours(14, 2);
    assert.equal(changeMarkText({ kind: 'new', at: today }), 'new');
    assert.equal(changeMarkText({ kind: 'changed', at: today }), 'changed 14:02');
    assert.match(
      changeMarkText({ kind: 'changed', at: new Date(2020, 10, 28, 14, 2) }),
      /^changed Nov 28, 2020, 14:02$/,
    );
  });
});
