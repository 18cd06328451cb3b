import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import * as l10n from '@vscode/l10n';
import { DEFAULT_API_URL } from '../../../src/account/apiUrl.ts';
import type { InventoryData, InventoryState, LeftOutItems } from '../../../src/inventory/model.ts';
import { detailsModel } from '../../../src/views/details/detailsModel.ts';
import { layoutSteps } from '../../../src/views/tree/treeLayout.ts';
import { viewMessage } from '../../../src/views/tree/viewMessage.ts';
import { loadErrorTexts } from '../../../src/words/errorTexts.ts';
import { atOnce } from '../base/atOnce.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { groupByRunner } from '../inventory/groupByRunner.ts';
import { loadingState, readyState } from '../inventory/inventoryStates.ts';
import { apiError } from '../inventory/load/memoryClient.ts';
import { nodesByRunner } from './tree/sampleNodes.ts';

const DATA: InventoryData = {
  runners: [runnerOf({ id: 'eu', name: 'eu' })],
  integrations: [integrationOf({ id: '1', runnerId: 'eu', host: 'a.example' })],
};

const messageOf = (state: InventoryState) =>
  viewMessage(
    atOnce(layoutSteps(nodesByRunner(state.data), { grouping: 'runner', filter: undefined })),
    state,
  );

const stale = (asOf: string | undefined, since: string, mayBeIncomplete = false) =>
  messageOf({
    ...readyState(DATA),
    kind: 'stale',
    asOf: asOf === undefined ? undefined : new Date(asOf),
    since: new Date(since),
    mayBeIncomplete,
    error: apiError({ problem: 'hostNotFound', host: 'api.example' }),
  });

const footerOf = (asOf: string) => {
  const runners = groupByRunner(DATA);
  const [entry] = runners;
  assert.ok(entry);
  return detailsModel(entry, runners, { asOf: new Date(asOf), pinned: false, apiUrl: DEFAULT_API_URL }).asOf;
};

/** Local times, as the user sees them. */
describe('a time', () => {
  const today = (now: string) => mock.timers.setTime(new Date(now).getTime());

  before(loadErrorTexts);
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: new Date('2026-11-26T23:59:59') }));
  afterEach(() => {
    l10n.config({ contents: {} });
    mock.timers.reset();
  });

  const reason = 'The host api.example was not found. Retrying automatically.';

  it('of today stands alone, and with its date once it is of another day', () => {
    const texts = () => [
      stale('2026-11-26T14:00:00', '2026-11-26T14:02:00'),
      stale('2026-11-26T14:00:00', '2026-11-26T14:02:00', true),
      stale(undefined, '2026-11-26T14:02:00'),
      messageOf({ ...loadingState(DATA), asOf: new Date('2026-11-26T14:00:00') }),
      messageOf(readyState({ ...DATA, leftOut: leftOutAt('2026-11-26T14:02:00') })),
      footerOf('2026-11-26T14:02:11'),
    ];
    assert.deepEqual(texts(), [
      `Stale since 14:02: ${reason}`,
      `Possibly incomplete since 14:02: ${reason}`,
      `Incomplete since 14:02: ${reason}`,
      'As of 14:00.',
      '1 integration could not be read (14:02). See the log.',
      'As of 14:02:11',
    ]);
    for (const now of ['2026-11-27T00:00:00', '2026-11-30T09:00:00', '2027-11-26T14:02:00']) {
      today(now);
      assert.deepEqual(texts(), [
        `Stale since Nov 26, 2026, 14:02: ${reason}`,
        `Possibly incomplete since Nov 26, 2026, 14:02: ${reason}`,
        `Incomplete since Nov 26, 2026, 14:02: ${reason}`,
        'As of Nov 26, 2026, 14:00.',
        '1 integration could not be read (Nov 26, 2026, 14:02). See the log.',
        'As of Nov 26, 2026, 14:02:11',
      ]);
    }
  });

  it('names the day of the rows if they are older than the failure', () => {
    assert.equal(stale('2026-11-25T09:30:00', '2026-11-26T14:02:00'), `As of Nov 25, 2026, 09:30: ${reason}`);
  });

  it('has its date if a wrong clock put it into the future', () => {
    assert.equal(footerOf('2026-11-27T00:00:00'), 'As of Nov 27, 2026, 00:00:00');
  });

  it('is written as its language does', () => {
    today('2026-11-27T00:35:00');
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.de.json', 'utf8') });
    assert.equal(footerOf('2026-11-26T14:02:11'), 'Stand: 26.11.2026, 14:02:11');
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.ja.json', 'utf8') });
    assert.match(footerOf('2026-11-26T14:02:11'), /2026\/11\/26 14:02:11/);
  });
});

function leftOutAt(asOf: string): LeftOutItems {
  return {
    runners: [],
    integrations: [{ fault: 'pat is not boolean', runnerId: 'eu', key: 'bad' }],
    asOf: new Date(asOf),
  };
}
