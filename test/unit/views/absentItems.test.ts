import assert from 'node:assert/strict';
import { AbsentItems } from '../../../src/views/absentItems.ts';
import { apiError, listsOf } from '../inventory/load/memoryClient.ts';
import { loadingState, readyState } from '../inventory/inventoryStates.ts';

const LISTS = listsOf({ runners: 1, integrations: 1 });
const READY = readyState(LISTS, new Date(0));
const RELOADING = { ...READY, isLoading: true };
const STALE = {
  ...READY,
  kind: 'stale',
  error: apiError(),
  since: new Date(0),
  mayBeIncomplete: false,
} as const;
const REF = { kind: 'runner', runnerId: 'a' } as const;

describe('an item that is not there', () => {
  it('is not called gone while a load runs, which may still bring it', () => {
    for (const state of [RELOADING, loadingState(LISTS)]) {
      assert.deepEqual(new AbsentItems().absence(REF, state), { text: 'Loading…', isGone: false });
    }
  });

  it('is gone once a load has ended without it, and stays so while the next one runs', () => {
    const items = new AbsentItems();
    const gone = items.absence(REF, READY);
    assert.equal(gone.isGone, true);
    assert.match(gone.text, /^This runner no longer exists/);
    assert.deepEqual(items.absence(REF, RELOADING), gone);
    assert.equal(items.absence({ ...REF, runnerId: 'b' }, RELOADING).isGone, false, 'another one');
  });

  it('is not gone any more once it has been there again', () => {
    const items = new AbsentItems();
    items.absence(REF, READY);
    items.found(REF);
    assert.equal(items.absence(REF, RELOADING).isGone, false);
  });

  it('is missing for the reason that a load failed', () => {
    assert.match(new AbsentItems().absence(REF, STALE).text, /could not answer/);
  });

  it('is not gone from another organization because it is from the last one', () => {
    const items = new AbsentItems();
    items.absence(REF, READY);
    items.absence(REF, loadingState(LISTS));
    const { text, isGone } = items.absence(REF, STALE);
    assert.match(text, /could not answer/);
    assert.equal(isGone, false);
  });
});
