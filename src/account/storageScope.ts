import { randomBytes } from 'node:crypto';
import type { Memento } from 'vscode';
import type { Secrets } from './timedSecrets.ts';
import { STATE_KEYS, STORAGE_SCOPE_SECRET } from '../names.ts';

/**
 * A random name for everything that sees the same secrets: all profiles and machines of one user's editor, or one
 * browser. Files carry it, because several of these may share a folder (see `ApiKeys`).
 *
 * The global state has a copy, in case the secret storage does not work or is emptied. Two profiles may then use
 * different names for a while. Neither sees the other's files, and files that nobody uses are deleted once they are old.
 */
export async function storageScope(secrets: Secrets, state: Memento): Promise<string> {
  const copy = state.get<unknown>(STATE_KEYS.storageScope);
  const proposed = isScope(copy) ? copy : randomBytes(8).toString('hex');
  const stored = await readOrStore(secrets, proposed).catch(() => undefined);
  const scope = isScope(stored) ? stored : proposed;
  if (scope !== copy) {
    await state.update(STATE_KEYS.storageScope, scope);
  }
  return scope;
}

async function readOrStore(secrets: Secrets, proposed: string): Promise<string | undefined> {
  const stored = await secrets.get(STORAGE_SCOPE_SECRET);
  if (isScope(stored)) {
    return stored;
  }
  await secrets.store(STORAGE_SCOPE_SECRET, proposed);
  // Another window may have stored its own in the meantime.
  return secrets.get(STORAGE_SCOPE_SECRET);
}

function isScope(value: unknown): value is string {
  return typeof value === 'string' && /^[\da-f]{16}$/.test(value);
}
