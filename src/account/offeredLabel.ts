import type { Memento } from 'vscode';
import { type Account, accountFingerprint, accountId, accountLabel } from './account.ts';
import { STATE_KEYS } from '../names.ts';

/** A profile does not see more in years. The oldest ones go first. */
const MAX_REMEMBERED = 200;

/**
 * The name under which an account is offered to other extensions. VS Code stores the user's consent by that name, and keeps
 * it after a sign-out. So the name that one account has had is never given to another one: it would inherit the consent.
 */
export function offeredLabel(state: Memento, account: Account, all: readonly Account[]): string {
  const own = accountFingerprint(accountId(account));
  const owners = new Map(Object.entries(state.get<Record<string, string>>(STATE_KEYS.offeredLabels) ?? {}));
  const label = accountLabel(account, all, (one) => (owners.get(accountFingerprint(one)) ?? own) !== own);
  const hash = accountFingerprint(label);
  if (!owners.has(hash)) {
    const kept = [...owners, [hash, own] as const].slice(-MAX_REMEMBERED);
    void state.update(STATE_KEYS.offeredLabels, Object.fromEntries(kept));
  }
  return label;
}
