import { accountFingerprint, accountId } from './account/account.ts';
import type { ApiKeys } from './account/apiKeys.ts';
import type { Environment } from './account/environment.ts';
import type { SessionStore } from './account/session.ts';
import type { Disposable } from './base/event.ts';
import type { Checks } from './checks/checks.ts';
import type { Recents } from './commands/recents.ts';
import type { ChangeTracker } from './inventory/changeTracker.ts';
import type { InventoryCache } from './inventory/inventoryCache.ts';
import type { TreeOptionsStore } from './views/tree/treeOptionsStore.ts';

export interface SignOutCleanupOptions {
  readonly session: SessionStore;
  readonly apiKeys: ApiKeys;
  readonly environment: Environment;
  readonly cache: Pick<InventoryCache, 'forget'>;
  readonly checks: Pick<Checks, 'forget'>;
  readonly changes: Pick<ChangeTracker, 'forget'>;
  readonly treeOptions: Pick<TreeOptionsStore, 'forget'>;
  readonly recents: Pick<Recents, 'forget'>;
}

/**
 * Deletes what is kept of accounts that were signed out: on this machine, their rows, what runners answered and what
 * has changed; and what is stored with the workspace. It does so when this window starts, and whenever it learns of a
 * sign-out, wherever that was.
 */
export class SignOutCleanup implements Disposable {
  readonly #options: SignOutCleanupOptions;
  readonly #listener: Disposable;
  /** The sign-outs after which everything is deleted. */
  #done: ReadonlyMap<string, number> = new Map();

  constructor(options: SignOutCleanupOptions) {
    this.#options = options;
    this.#listener = options.session.onDidChangeAccounts(() => void this.#forget());
  }

  dispose(): void {
    this.#listener.dispose();
  }

  async #forget(): Promise<void> {
    const { session, apiKeys, environment, cache, checks, changes, treeOptions, recents } = this.#options;
    await session.whenStarted();
    const signOuts = new Map(apiKeys.signedOut());
    for (const account of session.accounts) {
      signOuts.delete(accountFingerprint(accountId(account)));
    }
    // Other windows may show the account of the environment's key. One that was last seen before the sign-out may be
    // that of an earlier key.
    for (const account of environment.accounts()) {
      const fingerprint = accountFingerprint(accountId(account));
      if (account.sequence > (signOuts.get(fingerprint) ?? 0)) {
        signOuts.delete(fingerprint);
      }
    }
    const { current } = session;
    const isNobodyHere = current.kind === 'signedOut' && (current.lost ?? current.keyProblem) === undefined;
    const gone = new Set(signOuts.keys());
    await treeOptions.forget(gone, isNobodyHere);
    await recents.forget(gone, isNobodyHere);
    const done = this.#done;
    this.#done = signOuts;
    const fresh = [...gone].filter((account) => done.get(account) !== signOuts.get(account));
    if (fresh.length > 0) {
      await Promise.all([cache.forget(fresh), checks.forget(fresh), changes.forget(fresh)]);
    }
  }
}
