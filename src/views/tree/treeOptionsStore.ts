import { type Disposable, EventEmitter } from 'vscode';
import { AccountState, type AccountStateOptions } from '../../account/accountState.ts';
import { trimInvisible } from '../../base/invisible.ts';
import { groupBy, onSettingChange } from '../../platform/settings.ts';
import type { TreeOptions } from './treeLayout.ts';
import { Filter } from '../../inventory/filter.ts';
import { FILTER_WORDS } from '../../words/filter.ts';
import { STATE_KEYS } from '../../names.ts';

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

/** What the user wants to see in the tree: the grouping from the settings, and a filter stored for the workspace. */
export class TreeOptionsStore implements Disposable {
  /** The filter may contain names of hosts and runners. */
  readonly #stored: AccountState;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #filter: Filter | undefined;
  /** The open box; undefined if there is none. */
  filterBox: FilterBox | undefined;

  constructor(options: Omit<AccountStateOptions, 'key'>) {
    this.#stored = new AccountState({ ...options, key: STATE_KEYS.filter });
    const text = this.#stored.value;
    this.#filter = typeof text === 'string' ? Filter.parse(text, FILTER_WORDS) : undefined;
    this.#listener = onSettingChange('groupBy', () => this.#changed.fire());
  }

  get current(): TreeOptions {
    return { grouping: groupBy(), filter: this.#filter };
  }

  /** Filters by a text; an empty one shows everything. Not stored before `keepFilter`. */
  setFilter(text: string): void {
    const visible = trimInvisible(text);
    if (visible !== (this.#filter?.text ?? '')) {
      this.#filter = Filter.parse(visible, FILTER_WORDS);
      this.#changed.fire();
    }
  }

  /** Stores the filter for the next start of this workspace. */
  async keepFilter(): Promise<void> {
    await this.#stored.set(this.#filter?.text);
  }

  /** Clears and deletes the filter if it was typed for one of these accounts (`AccountState.isOf`). */
  async forget(accounts: ReadonlySet<string>, isNobodyHere: boolean): Promise<void> {
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
}
