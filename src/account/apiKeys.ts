import type { Memento } from 'vscode';
import { type Account, accountFingerprint, accountId, readAccount } from './account.ts';
import type { ApiKeyParts } from './apiKeyChanges.ts';
import { fingerprintOf, type KnownAccount, readKnown, readSecret } from './knownAccount.ts';
import { isSecretStorageTimeout, type Secrets } from './timedSecrets.ts';
import { ACCOUNT_SECRET_PREFIX, FIRST_API_KEY_SECRET_PREFIX, STATE_KEYS } from '../names.ts';

/**
 * The accounts with their API keys, one secret for each, so that windows that write at the same time do not undo each
 * other's change. A copy without the keys is in the global state: what this profile has last seen. It tells a lost key
 * from a sign-out. If two sources disagree about an account, the one with the higher number is right.
 *
 * What VS Code 1.105 to 1.139 shares:
 *
 * - Secrets (`BaseSecretStorageService`: scope `APPLICATION`) belong to a user's editor, whatever its profile and the
 *   machine that its windows work on. In a browser they belong to the browser, and every tab has a copy of all of them
 *   from when it was loaded, which it writes back as a whole (`LocalStorageSecretStorageProvider`).
 * - The global state (`ExtensionStorageService`: scope `PROFILE`) belongs to one profile of that editor or browser, and
 *   all its windows and tabs see its changes.
 * - The folder for files (`globalStorageHome`) is that of the default profile on the machine that extensions run on: all
 *   profiles share it, and so do all users of one server (see `InventoryCache`).
 */
export class ApiKeys {
  readonly #secrets: Secrets;
  readonly #state: Memento;
  /** Keys that only this window has, because the secret storage does not work. */
  readonly #windowKeys = new Map<string, { readonly account: Account; readonly apiKey: string }>();
  /** By `accountFingerprint`. */
  #known: ReadonlyMap<string, KnownAccount> = new Map();
  #isLoaded = false;
  #failure: Error | undefined;
  readonly #parts: ApiKeyParts;

  constructor(secrets: Secrets, state: Memento) {
    this.#secrets = secrets;
    this.#state = state;
    this.#parts = {
      keys: this,
      secrets,
      windowKeys: this.#windowKeys,
      known: () => this.#known,
      update: (known) => this.#update(known),
    };
  }

  /**
   * Reads which accounts there are, here and in other windows. Never rejects: with a broken secret storage, they are those
   * that this profile has last seen.
   */
  async load(): Promise<void> {
    const isFirst = !this.#isLoaded;
    this.#isLoaded = true;
    const seen = this.#readIndex();
    let failure: Error | undefined;
    const names = await Promise.resolve(this.#secrets.keys()).catch((error: unknown) => {
      // Any other error may be the permanent answer of an editor that cannot list secrets.
      failure = isSecretStorageTimeout(error) ? (error as Error) : undefined;
      return [];
    });
    const stored = names.map(fingerprintOf).filter((fingerprint) => fingerprint !== undefined);
    const known = new Map(seen);
    await Promise.all(
      [...new Set([...stored, ...seen.keys()])].map(async (fingerprint) => {
        const before = seen.get(fingerprint);
        const secret = await this.#read(fingerprint).catch((error: unknown) => {
          failure ??= before === undefined ? (error as Error) : undefined;
          return undefined;
        });
        const now = newest(before, secret);
        // Only at the start: later, this window's copy of the secrets may be older than what it would replace.
        if (isFirst && before !== undefined && now === before && (before.account ?? secret?.account)) {
          const { reconcile } = await import('./onDemand.ts');
          await reconcile(this.#secrets, before, secret?.account).catch(() => undefined);
        }
        if (now !== undefined) {
          known.set(fingerprint, now);
        }
      }),
    );
    if (names.some((name) => name.startsWith(FIRST_API_KEY_SECRET_PREFIX))) {
      const { addFirstAccounts } = await import('./onDemand.ts');
      addFirstAccounts(known, names);
    }
    this.#failure = failure;
    // Without a copy, the next window reads the secrets all the same.
    await this.#update(known).catch(() => undefined);
  }

  /** Why `load` may have missed accounts that this profile has never seen; undefined if it has found all. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Every account that has a key, the most recent sign-in first; none before `load`. */
  accounts(): readonly Account[] {
    const stored = [...this.#known.values()].map(({ account }) => account);
    return [...this.#unkept(), ...stored.filter((account) => account && !this.isUnkept(account))]
      .filter((account) => account !== undefined)
      .sort((a, b) => b.sequence - a.sequence);
  }

  /** Whether only this window has the key, and loses it when it closes. */
  isUnkept(account: Account): boolean {
    return this.#windowKeys.has(accountId(account));
  }

  /** The accounts that were signed out, in any window, by fingerprint, with the number of the sign-out. */
  signedOut(): ReadonlyMap<string, number> {
    const signedOut = new Map([...this.#known].map(([fingerprint, { sequence }]) => [fingerprint, sequence]));
    for (const account of this.accounts()) {
      signedOut.delete(accountFingerprint(accountId(account)));
    }
    return signedOut;
  }

  /** The number of the last known sign-in or sign-out. */
  lastSequence(): number {
    return Math.max(0, ...[...this.#known.values(), ...this.#unkept()].map(({ sequence }) => sequence));
  }

  /**
   * A number for a new sign-in or sign-out: higher than every known one, so that the order does not depend on the clocks
   * of the machines that the windows run on. The time is only a lower bound, in case the known ones are lost.
   */
  nextSequence(): number {
    return Math.max(this.lastSequence() + 1, Date.now());
  }

  /**
   * @returns undefined if the secret storage has no such key
   * @throws what the secret storage throws
   */
  async keyOf(account: Account): Promise<string | undefined> {
    const id = accountId(account);
    const unkept = this.#windowKeys.get(id);
    if (unkept !== undefined) {
      return unkept.apiKey;
    }
    const secret = await this.#read(accountFingerprint(id));
    // If it could not be carried over, it is still under its first name.
    return secret ? secret.apiKey : this.#secrets.get(FIRST_API_KEY_SECRET_PREFIX + id);
  }

  /**
   * @param signal cancels, even while the secret storage is writing
   * @throws KeyNotKeptError, or the signal's reason; the accounts and their keys are then unchanged
   */
  async store(account: Account, apiKey: string, signal?: AbortSignal): Promise<void> {
    const { storeAccount } = await import('./onDemand.ts');
    await storeAccount(this.#parts, account, apiKey, signal);
  }

  /** Stores the names of an account, unless somebody has signed out of it or signed in again in the meantime. */
  async rename(account: Account): Promise<void> {
    const { renameAccount } = await import('./onDemand.ts');
    await renameAccount(this.#parts, account);
  }

  /** Keeps a key until this window closes. After that, an account that is not stored counts as signed out. */
  async keepForWindow(account: Account, apiKey: string): Promise<void> {
    this.#windowKeys.set(accountId(account), { account, apiKey });
    await this.signOutUnstored([account]);
  }

  /**
   * Forgets a key and its account. The account is forgotten even if the secret storage fails to delete the key.
   *
   * @throws what the secret storage throws
   */
  async forget(account: Account): Promise<void> {
    const { forgetAccount } = await import('./onDemand.ts');
    await forgetAccount(this.#parts, account);
  }

  /**
   * Records a sign-out of the accounts whose key is not stored, so that nothing of them is kept. Other profiles learn the
   * number if the secret storage works, so that their next sign-in has a higher one, whatever their clock says.
   */
  async signOutUnstored(accounts: readonly Account[]): Promise<void> {
    const { signOutUnstored } = await import('./onDemand.ts');
    await signOutUnstored(this.#parts, accounts);
  }

  #unkept(): readonly Account[] {
    return [...this.#windowKeys.values()].map(({ account }) => account);
  }

  async #read(fingerprint: string): Promise<ReturnType<typeof readSecret>> {
    return readSecret(await this.#secrets.get(ACCOUNT_SECRET_PREFIX + fingerprint), fingerprint);
  }

  #readIndex(): ReadonlyMap<string, KnownAccount> {
    const stored = this.#state.get<unknown>(STATE_KEYS.accounts);
    return new Map(
      (Array.isArray(stored) ? stored : []).flatMap((entry: unknown) => {
        const account = readAccount(entry);
        const { fingerprint } = Object(entry) as { readonly fingerprint?: unknown };
        const name = account ? accountFingerprint(accountId(account)) : fingerprint;
        const known = typeof name === 'string' ? readKnown(entry, name) : undefined;
        return known ? [[name as string, known]] : [];
      }),
    );
  }

  /**
   * Writes the index only if it has changed: every window does this whenever another one has written. What another one has
   * written since this one read the index stays if it is newer.
   */
  async #update(known: ReadonlyMap<string, KnownAccount>): Promise<void> {
    const merged = new Map(known);
    for (const [fingerprint, written] of this.#readIndex()) {
      merged.set(fingerprint, newest(written, known.get(fingerprint)) ?? written);
    }
    this.#known = merged;
    const index = [...merged].map(
      ([fingerprint, { account, sequence }]) => account ?? { fingerprint, sequence },
    );
    if (JSON.stringify(this.#state.get<unknown>(STATE_KEYS.accounts)) !== JSON.stringify(index)) {
      await this.#state.update(STATE_KEYS.accounts, index);
    }
  }
}

/** If both have the same number, the second one is right: in the index, an account may have an earlier name. */
function newest(index: KnownAccount | undefined, other: KnownAccount | undefined): KnownAccount | undefined {
  return other && !(index && index.sequence > other.sequence) ? other : index;
}
