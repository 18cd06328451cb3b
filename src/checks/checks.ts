import type { SessionStore } from '../account/session.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { RunnerAnswers } from '../inventory/itemFacts.ts';
import { isEmpty } from '../inventory/model.ts';
import type { Answers } from '../inventory/statusFacts.ts';
import type { ItemChecks } from './checkState.ts';
import type { KeptCheckStore } from './keptCheckStore.ts';
import type { KeptAnswersOptions } from './keptAnswers.ts';

export interface ChecksOptions {
  readonly session: Pick<SessionStore, 'connection' | 'account' | 'onDidChange'>;
  /** Where answers are kept for the next window. */
  readonly kept: KeptAnswersOptions;
  readonly inventory: Pick<Inventory, 'state' | 'onDidChange' | 'onDidComplete'>;
  /** Receives errors that are bugs in the extension. */
  readonly log: (error: Error) => void;
}

/** What runners have answered. The code that asks is loaded once there are rows to ask about. */
export class Checks implements RunnerAnswers, Disposable {
  readonly #options: ChecksOptions;
  readonly #changed = new Emitter<void>();
  /** Fires when a check starts or ends, and when a change of session has made all answers void. */
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #store: KeptCheckStore | undefined;
  #loading: Promise<KeptCheckStore> | undefined;

  constructor(options: ChecksOptions) {
    this.#options = options;
    this.#listener = options.inventory.onDidChange(({ data }) => {
      if (!isEmpty(data)) {
        this.store().catch(options.log);
      }
    });
  }

  answersOf(entry: IntegrationEntry): Answers {
    return this.#store?.answersOf(entry) ?? {};
  }

  answeredAt(): readonly Date[] {
    return this.#store?.answeredAt() ?? [];
  }

  /** Undefined until the code that asks is loaded. */
  checksOf(entry: IntegrationEntry): ItemChecks | undefined {
    return this.#store?.checksOf(entry);
  }

  /** Whether a runner is being asked. */
  get isRunning(): boolean {
    return (this.#store?.running ?? 0) > 0;
  }

  /** @param runners as they are now */
  noteSignIns(runners: readonly RunnerEntry[]): void {
    this.#store?.noteSignIns(runners);
  }

  store(): Promise<KeptCheckStore> {
    return (this.#loading ??= this.#load());
  }

  /**
   * Deletes the answers of accounts that were signed out.
   *
   * @param fingerprints `accountFingerprint` of each
   */
  async forget(fingerprints: readonly string[]): Promise<void> {
    await (await this.store()).forget(fingerprints);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#store?.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<KeptCheckStore> {
    const { KeptCheckStore } = await import('./keptCheckStore.ts');
    const store = new KeptCheckStore(this.#options);
    store.onDidChange(() => this.#changed.fire());
    this.#store = store;
    return store;
  }
}
