import assert from 'node:assert/strict';
import type { Session } from '../../../../src/account/sessionState.ts';
import { type InventoryState, NO_DATA, SIGNED_OUT } from '../../../../src/inventory/model.ts';
import { contextKeysOf } from '../../../../src/views/tree/viewContext.ts';
import { account, ONA } from '../../account/accounts.ts';
import { apiError } from '../../inventory/load/memoryClient.ts';
import { runnerOf } from '../../inventory/fixtures.ts';

const signedIn = { kind: 'signedIn' } as Session;
const ready: InventoryState = {
  kind: 'ready',
  data: { ...NO_DATA, runners: [runnerOf({ id: 'r' })] },
  signIns: undefined,
  asOf: new Date(),
  isLoading: false,
  retry: undefined,
  error: undefined,
};

describe('the context keys of the view', () => {
  function keys(session: Session, state = SIGNED_OUT) {
    const all = contextKeysOf({
      session,
      state,
      layout: { grouping: 'runner', filter: undefined },
      isLoading: false,
    });
    const { 'onaScm.state': key, 'onaScm.keyLost': keyLost, 'onaScm.ownHost': ownHost } = all;
    return { key, keyLost, ownHost, canCancel: all['onaScm.canCancel'], problem: all['onaScm.problem'] };
  }

  it('name the session until somebody is signed in', () => {
    const apiUrl = 'https://app.gitpod.io/api';
    assert.equal(keys({ kind: 'starting' }).key, 'starting');
    assert.deepEqual(keys({ kind: 'signedOut', apiUrl, lost: undefined }), {
      key: 'signedOut',
      keyLost: false,
      ownHost: false,
      canCancel: false,
      problem: '',
    });
    const own = keys({ kind: 'signedOut', apiUrl: 'https://ona.acme.example/api', lost: undefined });
    assert.equal(own.ownHost, true);
  });

  it('say why nobody is signed in', () => {
    const reason = (session: Session) => {
      const all = contextKeysOf({
        session,
        state: SIGNED_OUT,
        layout: { grouping: 'runner', filter: undefined },
        isLoading: false,
      });
      return [all['onaScm.unusableKey'], all['onaScm.signedOutElsewhere']];
    };
    const key = (session: Session) => {
      const all = contextKeysOf({
        session,
        state: SIGNED_OUT,
        layout: { grouping: 'runner', filter: undefined },
        isLoading: false,
      });
      return [all['onaScm.keyLost'], all['onaScm.keyProblem']];
    };
    const signedOut = { kind: 'signedOut', apiUrl: 'https://app.gitpod.io/api', lost: undefined } as const;
    const unusableKey = { variable: 'ONA_API_KEY', character: { position: 1, code: 'U+0020' } };
    assert.deepEqual(reason(signedOut), ['', false]);
    assert.deepEqual(reason({ ...signedOut, unusableKey }), ['ONA_API_KEY', false]);
    assert.deepEqual(reason({ ...signedOut, isElsewhere: true }), ['', true]);
    assert.deepEqual(reason(signedIn), ['', false]);
    assert.deepEqual(key(signedOut), [false, '']);
    assert.deepEqual(key({ ...signedOut, lost: account(ONA, 'org-1') }), [true, '']);
    assert.deepEqual(key({ ...signedOut, keyProblem: 'noAnswer' }), [true, 'noAnswer']);
    assert.deepEqual(key(signedIn), [false, '']);
  });

  it('tell service accounts, which cannot connect, from people', () => {
    const ofKey = (principal?: string) => {
      const owner = { ...account(ONA, 'org-1'), ...(principal !== undefined && { principal }) };
      const all = contextKeysOf({
        session: { ...signedIn, account: owner } as Session,
        state: ready,
        layout: { grouping: 'runner', filter: undefined },
        isLoading: false,
      });
      return all['onaScm.serviceAccount'];
    };
    const principals = ['PRINCIPAL_SERVICE_ACCOUNT', 'PRINCIPAL_USER', undefined];
    assert.deepEqual(principals.map(ofKey), [true, false, false]);
  });

  it('tell an organization without anything from one with runners', () => {
    assert.equal(keys(signedIn, ready).key, 'ready');
    assert.equal(keys(signedIn, { ...ready, data: NO_DATA }).key, 'empty');
  });

  it('name the problem of a load that failed', () => {
    const error = apiError({ problem: 'certificate' });
    const failed: InventoryState = {
      ...ready,
      kind: 'failed',
      data: NO_DATA,
      error,
      since: new Date(),
      mayBeIncomplete: false,
    };
    assert.deepEqual([keys(signedIn, failed).key, keys(signedIn, failed).problem], ['failed', 'certificate']);
  });

  it('allow a cancel while a load has nothing to show, or tries again', () => {
    assert.equal(keys(signedIn, ready).canCancel, false);
    const retry = { error: apiError(), waitMs: 1, askedFor: false };
    assert.equal(keys(signedIn, { ...ready, isLoading: true, retry }).canCancel, true);
    const loading: InventoryState = { ...ready, kind: 'loading', isLoading: true };
    assert.equal(keys(signedIn, loading).canCancel, true);
  });
});
