import { accountId } from '../account/account.ts';
import type { SessionStore } from '../account/session.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import type { KeptFilesOptions } from './accountFiles.ts';
import { ChangeMarks } from './changeMarks.ts';
import type { Change } from './changes.ts';
import type { ChangeStore } from './changeStore.ts';
import type { Inventory } from './inventory.ts';
import type { CompletedLoad } from './model.ts';

export interface ChangeTrackerOptions {
  readonly session: Pick<SessionStore, 'connection' | 'account' | 'onDidChange'>;
  readonly inventory: Pick<Inventory, 'onDidComplete'>;
  /** Where the log is kept, and what the user was notified of. */
  readonly kept: { readonly log: KeptFilesOptions; readonly notified: KeptFilesOptions };
  /** Whether the user may be notified of changes now. */
  readonly mayNotify: () => boolean;
  /** Notifies the user of changes that can break clones. */
  readonly notify: (changes: readonly Change[]) => unknown;
  /** Receives errors that are bugs in the extension. */
  readonly logDefect: (error: Error) => void;
  /** Milliseconds of a clock that is never set. */
  readonly clock?: () => number;
}

/** What has changed in the organization. The code that compares loads is loaded once there are two that differ. */
export class ChangeTracker implements Disposable {
  readonly marks = new ChangeMarks();
  readonly #options: ChangeTrackerOptions;
  readonly #listeners: readonly Disposable[];
  readonly #changed = new Emitter<void>();
  /** Fires when the log may have changed. */
  readonly onDidChange = this.#changed.event;
  #store: Promise<ChangeStore> | undefined;
  /** When the rows that this window compared first were complete; undefined if nothing was compared. */
  #since: Date | undefined;
  #hasLoaded = false;

  constructor(options: ChangeTrackerOptions) {
    this.#options = options;
    let account = accountOf(options);
    this.#listeners = [
      options.inventory.onDidComplete((load) => this.#note(load)),
      options.session.onDidChange(() => {
        const before = account;
        account = accountOf(options);
        if (before === account) {
          return;
        }
        // Whose key it is may only become known after the first load.
        if (before !== undefined) {
          this.#since = undefined;
          this.#hasLoaded = false;
          this.marks.allSeen();
          this.#withStore((store) => store.restart());
        }
        this.#changed.fire();
      }),
    ];
  }

  /** Since when this window has compared loads; undefined if it has not. */
  get since(): Date | undefined {
    return this.#since;
  }

  /** The last changes of the account, newest first. Empty if nobody is signed in. */
  async read(): Promise<readonly Change[]> {
    const { account } = this.#options.session;
    return account === undefined ? [] : (await this.#load()).read(account);
  }

  /** Call when the user may be notified of changes again. */
  remind(): void {
    this.#withStore((store) => store.remind());
  }

  /**
   * Deletes what is kept of accounts that were signed out.
   *
   * @param fingerprints `accountFingerprint` of each
   */
  async forget(fingerprints: readonly string[]): Promise<void> {
    await (await this.#load()).forget(fingerprints);
  }

  dispose(): void {
    this.#listeners.forEach((listener) => void listener.dispose());
    this.#withStore((store) => store.dispose());
    this.marks.dispose();
    this.#changed.dispose();
  }

  #note(load: CompletedLoad): void {
    const isFirst = !this.#hasLoaded;
    this.#hasLoaded = true;
    this.#since ??= load.before?.asOf;
    const { account } = this.#options.session;
    if (account !== undefined && load.before !== undefined && load.before.data !== load.after.data) {
      this.#load()
        .then((store) => store.note(account, load, isFirst))
        .catch(this.#options.logDefect);
    }
  }

  /** Does nothing if nothing has been compared. Whoever has loaded the store logs why that failed. */
  #withStore(use: (store: ChangeStore) => void): void {
    void this.#store?.then(use, () => undefined);
  }

  #load(): Promise<ChangeStore> {
    return (this.#store ??= import('./changeStore.ts').then(
      ({ ChangeStore }) =>
        new ChangeStore({ ...this.#options, marks: this.marks, onChange: () => this.#changed.fire() }),
    ));
  }
}

/** Identifies the account, if it is known. */
function accountOf({ session: { account } }: ChangeTrackerOptions): string | undefined {
  return account && accountId(account);
}
