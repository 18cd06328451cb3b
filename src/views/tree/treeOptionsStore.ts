import { type Disposable, EventEmitter, type Memento } from 'vscode';
import { groupBy, onSettingChange } from '../../platform/settings.ts';
import type { TreeOptions } from './treeLayout.ts';
import { Filter } from '../../inventory/filter.ts';
import { FILTER_WORDS } from '../../words/filter.ts';
import { STATE_KEYS } from '../../names.ts';

/** A box in which the filter is typed: the tree can be used beside it. */
export interface FilterBox {
  /** The filter before it was opened. */
  readonly before: string;
  /** Closes it without an effect, for another one to take its place. @returns what stands in it */
  readonly replace: () => string;
}

/** What a person wants to see in the tree: the grouping from the settings, and a filter that is kept for the workspace. */
export class TreeOptionsStore implements Disposable {
  readonly #state: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #filter: Filter | undefined;
  /** The box that is open. */
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

  /** Shows what a text lets through; empty for all. It is not kept before `keepFilter`. */
  setFilter(text: string): void {
    if (text.trim() !== (this.#filter?.text ?? '')) {
      this.#filter = Filter.parse(text, FILTER_WORDS);
      this.#changed.fire();
    }
  }

  /** Has the filter back at the next start of this workspace. */
  async keepFilter(): Promise<void> {
    await this.#state.update(STATE_KEYS.filter, this.#filter?.text);
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }
}
