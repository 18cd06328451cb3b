import { type Disposable, EventEmitter, type Memento } from 'vscode';
import { AccountState, type AccountStateOptions } from '../../account/accountState.ts';
import { trimInvisible } from '../../base/invisible.ts';
import { groupBy, onSettingChange } from '../../platform/settings.ts';
import type { Filter } from '../../inventory/filter.ts';
import { type ContextKeys, STATE_KEYS } from '../../names.ts';
import type * as onDemand from './onDemand.ts';
import type { TreeOptions } from './treeLayout.ts';

/** A box in which the filter is typed, while the tree can still be used. */
export interface FilterBox {
  /** The filter before the box was opened. */
  readonly before: string;
  /**
   * Closes the box without effect, so that another one can take its place.
   *
   * @returns the text in it
   */
  readonly replace: () => string;
}

/**
 * What the user wants to see in the tree: the grouping from the settings, and the filter and the order of rows, which
 * are stored for the workspace. What these need is loaded when it is first used. Until then, all rows are shown by
 * runner, sorted by name.
 */
export class TreeOptionsStore implements Disposable {
  /** The filter may contain names of hosts and runners. */
  readonly #stored: AccountState;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  readonly #state: Memento;
  #filter: Filter | undefined;
  #problemsFirst: boolean;
  #loading: Promise<typeof onDemand> | undefined;
  #loaded: typeof onDemand | undefined;
  #isStarting = false;
  #started = Promise.resolve();
  /** The open box; undefined if there is none. */
  filterBox: FilterBox | undefined;

  constructor(options: Omit<AccountStateOptions, 'key'>) {
    this.#stored = new AccountState({ ...options, key: STATE_KEYS.filter });
    this.#state = options.state;
    this.#problemsFirst = options.state.get(STATE_KEYS.sortOrder) === 'problems';
    if (this.#stored.value !== undefined || groupBy() !== 'runner' || this.#problemsFirst) {
      this.#isStarting = true;
      this.#started = this.#start();
    }
    this.#listener = onSettingChange(['groupBy'], () => void this.#followGrouping());
  }

  get current(): TreeOptions {
    return this.#loaded === undefined
      ? { grouping: 'runner', filter: undefined, problemsFirst: false }
      : { grouping: groupBy(), filter: this.#filter, problemsFirst: this.#problemsFirst };
  }

  /** Filters and groups rows; undefined as long as the options are to show all rows by runner. */
  get layoutSteps(): typeof onDemand.layoutSteps | undefined {
    return this.#loaded?.layoutSteps;
  }

  /** Whether the options of the last window are still being loaded, so that no rows should be shown yet. */
  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Settles when the options of the last window are `current`. */
  whenStarted(): Promise<void> {
    return this.#started;
  }

  /** Call before `setFilter`. */
  async prepareFilter(): Promise<void> {
    await this.#started;
    await this.#load();
  }

  /** Filters by a text; an empty one shows everything. Not stored before `keepFilter`. */
  setFilter(text: string): void {
    const visible = trimInvisible(text);
    if (visible !== (this.#filter?.text ?? '')) {
      this.#filter = this.#parse(visible);
      this.#changed.fire();
    }
  }

  /** Sorts rows by their worst status, or by name. Stored for the next start of this workspace. */
  async setOrder(order: ContextKeys['onaScm.sortOrder']): Promise<void> {
    await this.prepareFilter();
    this.#problemsFirst = order === 'problems';
    this.#changed.fire();
    await this.#state.update(STATE_KEYS.sortOrder, this.#problemsFirst ? order : undefined);
  }

  /** Stores the filter for the next start of this workspace. */
  async keepFilter(): Promise<void> {
    await this.#stored.set(this.#filter?.text);
  }

  /** Clears and deletes the filter if it was typed for one of these accounts (`AccountState.isOf`). */
  async forget(accounts: ReadonlySet<string>, isNobodyHere: boolean): Promise<void> {
    await this.#started;
    if (this.#stored.isOf(accounts, isNobodyHere)) {
      this.setFilter('');
      await this.keepFilter();
    } else if (isNobodyHere && this.#stored.value === undefined) {
      // Typed, but not kept.
      this.setFilter('');
    }
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  async #start(): Promise<void> {
    try {
      await this.#load();
      const text = this.#stored.value;
      this.#filter = typeof text === 'string' ? this.#parse(text) : undefined;
    } finally {
      this.#isStarting = false;
      this.#changed.fire();
    }
  }

  async #followGrouping(): Promise<void> {
    if (groupBy() !== 'runner') {
      await this.#load();
    }
    this.#changed.fire();
  }

  async #load(): Promise<void> {
    this.#loaded = await (this.#loading ??= import('./onDemand.ts'));
  }

  #parse(text: string): Filter | undefined {
    return this.#loaded?.Filter.parse(text, this.#loaded.FILTER_WORDS);
  }
}
