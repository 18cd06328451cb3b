import type { SessionStore } from '../account/session.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { RunnerAnswers } from '../inventory/itemFacts.ts';
import { isEmpty } from '../inventory/model.ts';
import type { Answers } from '../inventory/statusFacts.ts';
import type { ItemChecks } from './checkState.ts';
import type { CheckStore } from './checkStore.ts';

export interface ChecksOptions {
  readonly session: Pick<SessionStore, 'connection' | 'onDidChange'>;
  readonly inventory: Pick<Inventory, 'state' | 'onDidChange' | 'onDidComplete'>;
  /** Receives errors that are bugs in the extension. */
  readonly log: (error: Error) => void;
}

/** What runners were asked in this window. The code that asks is loaded once there are rows to ask about. */
export class Checks implements RunnerAnswers, Disposable {
  readonly #options: ChecksOptions;
  readonly #changed = new Emitter<void>();
  /** Fires when a check starts or ends, and when a change of session has made all answers void. */
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #store: CheckStore | undefined;
  #loading: Promise<CheckStore> | undefined;

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

  store(): Promise<CheckStore> {
    return (this.#loading ??= this.#load());
  }

  dispose(): void {
    this.#listener.dispose();
    this.#store?.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<CheckStore> {
    const { CheckStore } = await import('./checkStore.ts');
    const { session, inventory } = this.#options;
    const store = new CheckStore({ session });
    inventory.onDidComplete((load) => store.noteChanges(load));
    store.onDidChange(() => this.#changed.fire());
    this.#store = store;
    return store;
  }
}
