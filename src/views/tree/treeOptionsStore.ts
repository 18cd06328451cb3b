import { type Disposable, EventEmitter, type Memento } from 'vscode';
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
  readonly #state: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #filter: Filter | undefined;
  /** The open box; undefined if there is none. */
  filterBox: FilterBox | undefined;

  constructor(state: Memento) {
    this.#state = state;
    const text = state.get<unknown>(STATE_KEYS.filter);
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
    await this.#state.update(STATE_KEYS.filter, this.#filter?.text);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
