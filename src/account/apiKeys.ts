import type { Memento, SecretStorage } from 'vscode';
import { type Account, accountFingerprint, accountId, readAccount } from './account.ts';
import { fingerprintOf, type KnownAccount, readKnown } from './knownAccount.ts';
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
  readonly #secrets: SecretStorage;
  readonly #state: Memento;
  /** Keys that only this window has, because the secret storage does not work. */
  readonly #windowKeys = new Map<string, { readonly account: Account; readonly apiKey: string }>();
  /** By `accountFingerprint`. */
  #known: ReadonlyMap<string, KnownAccount> = new Map();
  #isLoaded = false;

  constructor(secrets: SecretStorage, state: Memento) {
    this.#secrets = secrets;
    this.#state = state;
  }

  /**
   * Reads which accounts there are, here and in other windows. Never rejects: with a broken secret storage, they are those
   * that this profile has last seen.
   */
  async load(): Promise<void> {
    const isFirst = !this.#isLoaded;
    this.#isLoaded = true;
    const seen = this.#readIndex();
    const names = await Promise.resolve(this.#secrets.keys()).catch(() => []);
    const stored = names.map(fingerprintOf).filter((fingerprint) => fingerprint !== undefined);
    const known = new Map(seen);
    await Promise.all(
      [...new Set([...stored, ...seen.keys()])].map(async (fingerprint) => {
        const before = seen.get(fingerprint);
        const secret = await this.#read(fingerprint).catch(() => undefined);
        const now = newest(before, secret);
        // Only at the start: later, this window's copy of the secrets may be older than what it would replace.
        if (isFirst && before !== undefined && now === before && (before.account ?? secret?.account)) {
          const { reconcile } = await import('./accountWriter.ts');
          await reconcile(this.#secrets, before, secret?.account).catch(() => undefined);
        }
        if (now !== undefined) {
          known.set(fingerprint, now);
        }
      }),
    );
    await this.#update(known);
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
    const { storeKey } = await import('./accountWriter.ts');
    await storeKey(this.#secrets, account, apiKey, signal);
    this.#windowKeys.delete(accountId(account));
    await this.#set([account], { sequence: account.sequence, account });
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
    const sequence = this.nextSequence();
    this.#windowKeys.delete(accountId(account));
    const isStored = this.#isStored(account);
    await this.#set([account], { sequence, account: undefined });
    if (isStored) {
      const { eraseKey } = await import('./accountWriter.ts');
      await eraseKey(this.#secrets, account, sequence);
    }
  }

  /**
   * Records a sign-out of the accounts whose key is not stored, so that nothing of them is kept. Other profiles learn the
   * number if the secret storage works, so that their next sign-in has a higher one, whatever their clock says.
   */
  async signOutUnstored(accounts: readonly Account[]): Promise<void> {
    const unstored = accounts.filter((account) => !this.#isStored(account));
    const sequence = this.nextSequence();
    await this.#set(unstored, { sequence, account: undefined });
    if (unstored.length > 0) {
      const { recordSignOuts } = await import('./accountWriter.ts');
      await recordSignOuts(this.#secrets, unstored, sequence);
    }
  }

  #unkept(): readonly Account[] {
    return [...this.#windowKeys.values()].map(({ account }) => account);
  }

  #isStored(account: Account): boolean {
    return this.#known.get(accountFingerprint(accountId(account)))?.account !== undefined;
  }

  async #read(fingerprint: string): Promise<(KnownAccount & { readonly apiKey?: string }) | undefined> {
    const text = await this.#secrets.get(ACCOUNT_SECRET_PREFIX + fingerprint);
    let value: unknown;
    try {
      value = JSON.parse(text ?? '');
    } catch {
      return undefined;
    }
    const known = readKnown(value, fingerprint);
    const { apiKey } = Object(value) as { readonly apiKey?: unknown };
    return known?.account === undefined
      ? known
      : typeof apiKey === 'string'
        ? { ...known, apiKey }
        : undefined;
  }

  async #set(accounts: readonly Account[], known: KnownAccount): Promise<void> {
    const changes = accounts.map((account) => [accountFingerprint(accountId(account)), known] as const);
    await this.#update(new Map([...this.#known, ...changes]));
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

  /** Writes the index only if it has changed: every window does this whenever another one has written. */
  async #update(known: ReadonlyMap<string, KnownAccount>): Promise<void> {
    this.#known = known;
    const index = [...known].map(
      ([fingerprint, { account, sequence }]) => account ?? { fingerprint, sequence },
    );
    if (JSON.stringify(this.#state.get<unknown>(STATE_KEYS.accounts)) !== JSON.stringify(index)) {
      await this.#state.update(STATE_KEYS.accounts, index);
    }
  }
}

/** If both have the same number, the secret is right. */
function newest(
  before: KnownAccount | undefined,
  secret: KnownAccount | undefined,
): KnownAccount | undefined {
  return secret && !(before && before.sequence > secret.sequence) ? secret : before;
}
