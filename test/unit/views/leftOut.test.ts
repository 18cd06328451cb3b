import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import { DEFAULT_API_URL } from '../../../src/account/apiUrl.ts';
import { itemJson } from '../../../src/formats/jsonText.ts';
import { messagesOf } from '../../../src/words/messagesOf.ts';
import type { RunnerEntry } from '../../../src/inventory/groups.ts';
import type { InventoryData, LeftOutItem } from '../../../src/inventory/model.ts';
import type { Session } from '../../../src/account/sessionState.ts';
import { detailsModel } from '../../../src/views/details/detailsModel.ts';
import { rowOf } from '../../../src/views/tree/rowText.ts';
import { sameRow } from '../../../src/views/tree/sameRow.ts';
import { tooltipOf } from '../../../src/views/tree/tooltips.ts';
import { layoutSteps } from '../../../src/views/tree/treeLayout.ts';
import { contextKeysOf } from '../../../src/views/tree/viewContext.ts';
import { viewMessage } from '../../../src/views/tree/viewMessage.ts';
import { loadErrorTexts } from '../../../src/words/errorTexts.ts';
import { absenceText } from '../../../src/words/absence.ts';
import { atOnce } from '../base/atOnce.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { groupByRunner } from '../inventory/groupByRunner.ts';
import { readyState } from '../inventory/inventoryStates.ts';
import { apiError } from '../inventory/load/memoryClient.ts';
import { nodesByRunner } from './tree/sampleNodes.ts';

const at = (time: string) => {
  const today = new Date();
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(today.getFullYear(), today.getMonth(), today.getDate(), hours, minutes);
};

const bad = (runnerId: string, id = 'bad'): LeftOutItem => ({
  fault: 'pat is not boolean',
  id,
  runnerId,
  key: id,
});

/** `eu` has two integrations that can be read, `lab` has none; those in `integrations` and `runners` are left out. */
function dataOf(integrations: readonly LeftOutItem[], runners: readonly LeftOutItem[] = []): InventoryData {
  return {
    runners: [runnerOf({ id: 'eu', name: 'eu' }), runnerOf({ id: 'lab', name: 'lab' })],
    integrations: [
      integrationOf({ id: '1', runnerId: 'eu', host: 'a.example' }),
      integrationOf({ id: '2', runnerId: 'eu', host: 'b.example' }),
    ],
    leftOut: { runners, integrations, asOf: at('14:02') },
  };
}

const messageOf = (data: InventoryData) =>
  viewMessage(
    atOnce(layoutSteps(nodesByRunner(data), { grouping: 'runner', filter: undefined })),
    readyState(data, at('14:02')),
  );

const runnerBad: LeftOutItem = { fault: 'runnerId is not string', key: '1' };

describe('what could not be read', () => {
  before(loadErrorTexts);

  afterEach(() => l10n.config({ contents: {} }));

  const speak = (language: string) =>
    l10n.config({ contents: readFileSync(`l10n/bundle.l10n.${language}.json`, 'utf8') });

  it('stands above the rows, with its number and time', () => {
    assert.equal(messageOf(dataOf([bad('eu')])), '1 integration could not be read (14:02). See the log.');
    assert.equal(
      messageOf(dataOf([bad('eu'), bad('lab', 'other')])),
      '2 integrations could not be read (14:02). See the log.',
    );
    assert.equal(
      messageOf(dataOf([bad('eu')], [runnerBad, { ...runnerBad, key: '2' }])),
      '2 runners could not be read and 1 integration could not be read (14:02). See the log.',
    );
    speak('de');
    assert.equal(
      messageOf(dataOf([bad('eu')])),
      '1 Integration konnte nicht gelesen werden (14:02). Details finden Sie im Protokoll.',
    );
    speak('ja');
    assert.equal(
      messageOf(dataOf([bad('eu')])),
      '1 件の統合を解釈できませんでした (14:02)。ログを確認してください。',
    );
  });

  it('stands beside what else is wrong, but never alone without rows', () => {
    const data = dataOf([bad('eu')]);
    const layout = atOnce(layoutSteps(nodesByRunner(data), { grouping: 'runner', filter: undefined }));
    const troubled = {
      ...readyState(data),
      kind: 'stale',
      error: apiError({ problem: 'hostNotFound', host: 'api.example' }),
      since: at('14:05'),
      mayBeIncomplete: false,
    } as const;
    assert.equal(
      viewMessage(layout, troubled),
      'Stale since 14:05: The host api.example was not found. Retrying automatically. · 1 integration could not be read (14:02). See the log.',
    );
    const none = { ...data, runners: [], integrations: [] };
    assert.equal(messageOf(none), undefined, 'a message would hide the welcome view');
  });

  it('offers the log in the title, by a context key', () => {
    const keyOf = (data: InventoryData) =>
      contextKeysOf({
        session: { kind: 'signedIn' } as Session,
        state: readyState(data),
        layout: { grouping: 'runner', filter: undefined },
        isLoading: false,
      })['onaScm.leftOut'];
    const data = dataOf([bad('eu')]);
    assert.equal(keyOf(data), true);
    assert.equal(keyOf({ runners: data.runners, integrations: [] }), false);
  });

  describe('is reported on its runner', () => {
    const seen = (data: InventoryData, language?: string) => {
      if (language !== undefined) {
        speak(language);
      }
      return nodesByRunner(data).map((node) => rowOf(node).sentence);
    };

    it('in its row, which does not claim that it has no integrations', () => {
      assert.deepEqual(seen(dataOf([bad('eu'), bad('lab', '1'), bad('lab', '2')])), [
        'Runner eu: 1 integration could not be read, 2 integrations',
        'Runner lab: 2 integrations could not be read',
      ]);
      assert.deepEqual(seen(dataOf([bad('lab')]), 'de'), [
        'Runner eu: 2 Integrationen',
        'Runner lab: 1 Integration konnte nicht gelesen werden',
      ]);
    });

    it('first in the row of the local runners', () => {
      const local = runnerOf({ id: 'local', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' });
      const own = integrationOf({ id: '3', runnerId: 'local' });
      const rowsWith = (leftOut: readonly LeftOutItem[], integrations = [own]) =>
        seen({ ...dataOf(leftOut), runners: [local], integrations });
      assert.deepEqual(rowsWith([]), ['Runner Local runners: shared, 1 integration']);
      assert.deepEqual(rowsWith([bad('local')]), [
        'Runner Local runners: 1 integration could not be read, 1 integration, shared',
      ]);
      assert.deepEqual(rowsWith([runnerBad], []), ['Runner Local runners: integrations not loaded, shared']);
    });

    it('in its row if it may be of any runner', () => {
      assert.deepEqual(seen(dataOf([{ fault: 'runnerId is not string', key: '1' }])), [
        'Runner eu: 2 integrations',
        'Runner lab: integrations not loaded',
      ]);
    });

    it('in its tooltip', () => {
      const [eu] = nodesByRunner(dataOf([bad('eu')]));
      assert.ok(eu);
      assert.match(
        tooltipOf(eu).replaceAll('&nbsp;', ' '),
        /Integrations \| 1 integration could not be read/,
      );
    });

    it('in its details, which do not claim that it reaches nothing', () => {
      const rowsOf = (entry: RunnerEntry) =>
        detailsModel(entry, [entry], { asOf: undefined, pinned: false, apiUrl: DEFAULT_API_URL })
          .sections.find(({ key }) => key === 'integrations')
          ?.rows.map(({ label, values }) => [label, ...values.map(({ text }) => text)].join(': '));
      const [eu, lab] = groupByRunner(dataOf([bad('eu'), bad('lab', 'x')]));
      assert.ok(eu && lab);
      assert.deepEqual(rowsOf(lab), ['Missing: 1 integration could not be read']);
      assert.deepEqual(rowsOf(eu)?.at(0), 'Missing: 1 integration could not be read');
      assert.equal(rowsOf(eu)?.length, 3);
    });

    it('in its JSON', () => {
      const [eu, lab] = groupByRunner(dataOf([bad('lab')]));
      assert.ok(eu && lab);
      const jsonOf = (entry: RunnerEntry) => itemJson(entry, messagesOf([entry]));
      assert.equal(Object.hasOwn(jsonOf(eu), 'unreadIntegrations'), false);
      assert.deepEqual({ ...jsonOf(lab), unreadIntegrations: 1 }, jsonOf(lab));
    });

    it('among those without integrations, where rows are grouped', () => {
      const data = dataOf([bad('eu')]);
      const { roots } = atOnce(layoutSteps(nodesByRunner(data), { grouping: 'host', filter: undefined }));
      const last = roots.at(-1);
      assert.ok(last?.kind === 'runnersWithoutIntegrations');
      assert.deepEqual(
        last.runners.map((node) => rowOf(node).sentence),
        [
          'Runner eu: 1 integration could not be read',
          'Runner lab: needs attention, can clone nothing: no integrations',
        ],
      );
    });

    it('as soon as that changes', () => {
      const [before] = nodesByRunner(dataOf([]));
      const [after] = nodesByRunner(dataOf([bad('eu')]));
      assert.ok(before && after && !sameRow(before, after));
    });
  });

  it('keeps other details from claiming that no other runner has the host', () => {
    const [eu, lab] = groupByRunner(dataOf([bad('lab')]));
    const [entry] = eu?.integrations ?? [];
    assert.ok(eu && lab && entry);
    const { sections } = detailsModel(entry, [eu, lab], {
      asOf: undefined,
      pinned: false,
      apiUrl: DEFAULT_API_URL,
    });
    const [none] = sections.find(({ key }) => key === 'related')?.rows ?? [];
    assert.deepEqual(
      none?.values.map(({ text }) => text),
      ['1 integration could not be read'],
    );
  });

  it('is not said to be gone', () => {
    const state = readyState(dataOf([bad('eu')]), at('14:02'));
    const ref = { kind: 'integration', runnerId: 'eu', id: 'bad', scmId: 'github', host: 'x' } as const;
    assert.match(absenceText(ref, state, true), /^1 integration could not be read \(14:02\)/);
    assert.match(absenceText({ ...ref, id: 'another' }, state, true), /no longer exists/);
    assert.match(absenceText({ ...ref, runnerId: 'lab' }, state, true), /no longer exists/);
    const unknown = readyState(dataOf([{ fault: 'id is not string', key: '1' }]), at('14:02'));
    assert.match(absenceText(ref, unknown, true), /could not be read/, 'it may be this one');
    assert.match(absenceText({ kind: 'runner', runnerId: 'x' }, state, true), /no longer exists/);
    const runner = readyState(dataOf([], [runnerBad]), at('14:02'));
    assert.match(absenceText({ kind: 'runner', runnerId: 'x' }, runner, true), /^1 runner could not be read/);
  });
});
