import assert from 'node:assert/strict';
import { declineKey } from '../../../src/account/environmentWriter.ts';
import { SessionReader } from '../../../src/account/sessionReader.ts';
import { account, ONA } from './accounts.ts';
import { MemoryStorage } from './memoryStorage.ts';
import { testSources } from './testSources.ts';

describe('who is signed in with a key from the environment that cannot be sent', () => {
  let lines: string[];
  beforeEach(() => (lines = []));

  function open(variables: Record<string, string>) {
    const sources = testSources(new MemoryStorage(), { variables, log: (line) => lines.push(line) });
    return { ...sources, reader: new SessionReader(sources) };
  }

  const variables = { ONA_API_KEY: 'env\u200bkey', GITPOD_API_KEY: 'other-key' };
  const unusableKey = { variable: 'ONA_API_KEY', character: { position: 4, code: 'U+200B' } };

  it('is nobody, and the session and the log say why, without the key', async () => {
    const { reader } = open(variables);
    const { session } = await reader.read();
    assert.ok(session.kind === 'signedOut');
    assert.deepEqual(session.unusableKey, unusableKey);
    await reader.read();
    assert.deepEqual(lines, ['The API key in ONA_API_KEY cannot be sent: its character 4 is U+200B']);
  });

  it('is a stored account if there is one, and nothing is reported', async () => {
    const { apiKeys, reader } = open(variables);
    await apiKeys.store(account(ONA, 'org-1'), 'key');
    assert.equal((await reader.read()).apiKey, 'key');
    assert.deepEqual(lines, []);
  });

  it('is nobody after that key was declined, and nothing is reported', async () => {
    const { environment, reader } = open(variables);
    await declineKey(environment);
    const { session } = await reader.read();
    assert.ok(session.kind === 'signedOut' && session.unusableKey === undefined);
  });

  it('is nobody even where its address is not confirmed', async () => {
    const { session } = await open({ ...variables, ONA_BASE_URL: 'https://b.example' }).reader.read();
    assert.equal(session.kind, 'signedOut');
  });
});
