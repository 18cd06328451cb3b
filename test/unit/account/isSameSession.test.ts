import assert from 'node:assert/strict';
import { isSameSession } from '../../../src/account/isSameSession.ts';
import type { Connection, Session } from '../../../src/account/sessionState.ts';
import { account, ACME } from './accounts.ts';

const connection = (): Connection => ({ apiUrl: 'https://a.example/api' }) as Connection;
const [first, second] = [connection(), connection()];
const [one, other] = [account(ACME, 'one'), account(ACME, 'other')];

/** Sessions that all differ; created anew by each call. */
const sessions = (): Session[] => [
  { kind: 'starting' },
  { kind: 'signedOut', apiUrl: 'https://a.example/api', lost: undefined },
  { kind: 'signedOut', apiUrl: 'https://b.example/api', lost: undefined },
  { kind: 'signedOut', apiUrl: 'https://a.example/api', lost: { ...one } },
  { kind: 'signedOut', apiUrl: 'https://a.example/api', lost: { ...other } },
  {
    kind: 'signedOut',
    apiUrl: 'https://a.example/api',
    lost: undefined,
    unusableKey: { variable: 'ONA_API_KEY', character: { position: 1, code: 'U+0020' } },
  },
  { kind: 'unconfirmedAddress', apiUrl: 'https://a.example/api', variable: 'ONA_BASE_URL' },
  { kind: 'unconfirmedAddress', apiUrl: 'https://a.example/api', variable: 'GITPOD_BASE_URL' },
  { kind: 'badAddress', address: 'a b', problem: 'notAnAddress', variable: undefined },
  { kind: 'badAddress', address: 'a b', problem: 'notAnAddress', variable: 'ONA_BASE_URL' },
  { kind: 'signedIn', connection: first, account: undefined },
  { kind: 'signedIn', connection: first, account: one },
  { kind: 'signedIn', connection: second, account: one },
];

describe('two sessions', () => {
  it('are the same just if they say the same', () => {
    sessions().forEach((a, i) => {
      sessions().forEach((b, j) => assert.equal(isSameSession(a, b), i === j, `${i} and ${j}`));
    });
  });
});
