import type { Alarm } from '../base/alarm.ts';
import { Derived } from '../base/derived.ts';
import { type Disposable, Emitter, type Event } from '../base/event.ts';
import { groupSteps, type RunnerEntry } from './groups.ts';
import type { Inventory } from './inventory.ts';
import type { ItemFacts } from './itemFacts.ts';
import { type InventoryState, isEmpty, SIGNED_OUT } from './model.ts';
import type * as onDemand from './onDemand.ts';
import type { OrganizationFacts } from './statusFacts.ts';
import type { WithStatuses } from './statusSteps.ts';

/** Maximum share of the time to spend on grouping while rows are still arriving. */
const MAX_GROUPING_SHARE = 1 / 10;

interface Input {
  readonly state: InventoryState;
  /** Counts the moments at which a status can change. */
  readonly revision: number;
  /** Counts changes of other facts. */
  readonly facts: number;
}

interface Grouped extends WithStatuses {
  readonly state: InventoryState;
}

/** The inventory with its rows grouped by runner, and their statuses. `runners` always belongs to `state`. */
export class GroupedInventory implements Disposable {
  readonly #grouped: Derived<Input, Grouped>;
  readonly #outdated = new Emitter<void>();
  readonly #listeners: readonly Disposable[];
  #alarm: Alarm | undefined;
  readonly onDidChange: Event<unknown>;
  #revision = 0;
  #facts = 0;
  /** Undefined until it is loaded. Rows have no statuses before. */
  #statuses: typeof onDemand | undefined;
  #loading: Promise<void> | undefined;
  readonly #loadErrorTexts: () => Promise<void>;
  #hasErrorTexts = false;
  #loadingErrorTexts: Promise<void> | undefined;
  /** The last state that could be published. */
  #publishable = SIGNED_OUT;
  readonly #log: (error: Error) => void;

  /**
   * @param loadErrorTexts loads the texts for errors. A state with an error is published only when they are loaded,
   *   because views and other extensions show it immediately. Called once.
   * @param log receives errors that are bugs in the extension
   */
  constructor(
    inventory: Pick<Inventory, 'state' | 'onDidChange'>,
    facts: ItemFacts,
    loadErrorTexts: () => Promise<void>,
    log: (error: Error) => void,
  ) {
    this.#loadErrorTexts = loadErrorTexts;
    this.#log = log;
    this.#listeners = [
      facts.onDidChange(() => {
        this.#facts++;
        this.#outdated.fire();
      }),
      inventory.onDidChange(({ isLoading, data }) => {
        if (isLoading || !isEmpty(data)) {
          void this.#load();
        }
      }),
    ];
    this.#grouped = new Derived<Input, Grouped>({
      input: () => ({
        state: this.#publishableOf(inventory.state),
        revision: this.#revision,
        facts: this.#facts,
      }),
      onDidChangeInput: [inventory.onDidChange, this.#outdated.event],
      isSameInput: (a, b) => a.state === b.state && a.revision === b.revision && a.facts === b.facts,
      urgency: ({ state, revision }, { state: last, revision: lastRevision }) => {
        if (isEmpty(state.data)) {
          // After a sign-out, earlier rows must disappear immediately.
          return 'restart';
        }
        if (state === last && revision === lastRevision) {
          // A check of thousands has an answer every few milliseconds.
          return 'soon';
        }
        const isMore = state.isLoading && state.kind === last.kind && state.data !== last.data;
        return isMore ? 'throttled' : 'next';
      },
      compute: (input, before) => this.#steps(input, before, facts),
      initial: { state: SIGNED_OUT, of: [], runners: [] },
      maxShare: MAX_GROUPING_SHARE,
      log,
    });
    this.onDidChange = this.#grouped.onDidChange;
  }

  get state(): InventoryState {
    return this.#grouped.value.state;
  }

  get runners(): readonly RunnerEntry[] {
    return this.#grouped.value.runners;
  }

  /** Resolves once the current rows of the inventory are grouped and have their statuses. */
  async whenGrouped(): Promise<void> {
    await Promise.all([this.#loading, this.#loadingErrorTexts]);
    await this.#grouped.whenCurrent();
  }

  dispose(): void {
    this.#listeners.forEach((listener) => void listener.dispose());
    this.#alarm?.dispose();
    this.#grouped.dispose();
    this.#outdated.dispose();
  }

  /** Never rejects. */
  #load(): Promise<void> {
    return (this.#loading ??= import('./onDemand.ts').then((statuses) => {
      this.#statuses = statuses;
      this.#alarm = new statuses.Alarm(() => this.#derive());
      this.#derive();
    }, this.#log));
  }

  /** The given state, or the last one without an error while the texts for errors are being loaded. */
  #publishableOf(state: InventoryState): InventoryState {
    if (this.#hasErrorTexts || !hasError(state)) {
      this.#publishable = state;
    } else {
      this.#loadingErrorTexts ??= this.#loadErrorTexts().then(() => {
        this.#hasErrorTexts = true;
        this.#derive();
      }, this.#log);
    }
    return this.#publishable;
  }

  #derive(): void {
    this.#revision++;
    this.#outdated.fire();
  }

  *#steps({ state }: Input, before: Grouped, itemFacts: ItemFacts): Generator<void, Grouped, undefined> {
    const { data, asOf, signIns } = state;
    const of = data === before.state.data ? before.of : yield* groupSteps(data, before.of);
    const statuses = this.#statuses;
    if (statuses === undefined) {
      return { state, of, runners: of };
    }
    const now = new Date();
    const facts: OrganizationFacts = {
      asOf,
      hasIntegrations: data.integrations.length > 0 || (data.leftOut?.integrations.length ?? 0) > 0,
      signIns: signIns && new statuses.SignInIndex(signIns),
      schemaOf: (runnerId) => itemFacts.schemaOf(runnerId),
      isKnownInherited: (entry) => itemFacts.isKnownInherited(entry),
      answersOf: (entry) => itemFacts.answersOf(entry),
    };
    const runners = yield* statuses.statusSteps(of, facts, now, before);
    this.#alarm?.set(statuses.nextStatusChange(signIns, itemFacts.answeredAt(), now));
    return { state, of, runners };
  }
}

function hasError({ error, retry, data }: InventoryState): boolean {
  return (error ?? retry ?? data.runnerErrors) !== undefined;
}
