import type { LeftOut } from '../../api/leftOut.ts';
import type { LeftOutItem, LeftOutItems } from '../model.ts';
import { MergedList } from './mergedList.ts';

/** The items of both lists that could not be read, merged like those that could: each is there once. */
export class MergedLeftOut {
  readonly #previous: LeftOutItems | undefined;
  readonly #lists: Readonly<Record<'runners' | 'integrations', MergedList<LeftOutItem>>>;
  /** When the first one of this load arrived. */
  #asOf: Date | undefined;
  #last: LeftOutItems | undefined;

  constructor(previous: LeftOutItems | undefined) {
    this.#previous = this.#last = previous;
    this.#lists = {
      runners: new MergedList(previous?.runners ?? NONE, ({ key }) => key),
      integrations: new MergedList(previous?.integrations ?? NONE, ({ key }) => key),
    };
  }

  /** Must end before the first page is added. */
  *index(): Generator<void, void, undefined> {
    yield* this.#lists.runners.index();
    yield* this.#lists.integrations.index();
  }

  /**
   * Starts a walk of a list.
   *
   * @returns adds those of a page
   */
  walk(list: 'runners' | 'integrations'): (leftOut: readonly LeftOut[], asked: number) => void {
    const ordinals = new Map<string, number>();
    return (leftOut, asked) => {
      if (leftOut.length > 0) {
        this.#asOf ??= new Date();
        const items = leftOut.map((item) => ({ ...item, key: keyOf(item, ordinals) }));
        this.#lists[list].add(items, asked, true);
      }
    };
  }

  /**
   * The previous ones that have not arrived again, in steps.
   *
   * @param runnerIds only those that belong to these runners
   */
  *unseen(
    list: 'runners' | 'integrations',
    runnerIds?: readonly string[],
  ): Generator<void, readonly LeftOutItem[], undefined> {
    const previous = this.#previous?.[list] ?? NONE;
    const items =
      runnerIds === undefined
        ? previous
        : previous.filter(({ runnerId }) => runnerId !== undefined && runnerIds.includes(runnerId));
    return yield* this.#lists[list].unproved(items);
  }

  /** Drops what `unseen` returns: it can be read now, or no longer exists. */
  *dropUnseen(
    list: 'runners' | 'integrations',
    runnerIds?: readonly string[],
  ): Generator<void, void, undefined> {
    yield* this.#lists[list].drop(yield* this.unseen(list, runnerIds));
  }

  /** Undefined if there are none; the same object while nothing changes. */
  get current(): LeftOutItems | undefined {
    const runners = this.#lists.runners.items();
    const integrations = this.#lists.integrations.items();
    if (runners.length + integrations.length === 0) {
      return (this.#last = undefined);
    }
    const asOf = this.#asOf ?? this.#previous?.asOf ?? new Date();
    const last = this.#last;
    return last?.runners === runners && last.integrations === integrations && last.asOf === asOf
      ? last
      : (this.#last = Object.freeze({ runners, integrations, asOf }));
  }
}

const NONE: readonly LeftOutItem[] = Object.freeze([]);

/** Without an id, items with the same fault are told apart only by how many there are of each runner. */
function keyOf({ id, runnerId, fault }: LeftOut, ordinals: Map<string, number>): string {
  if (id !== undefined) {
    return JSON.stringify([id, runnerId]);
  }
  const kind = JSON.stringify([fault, runnerId]);
  const ordinal = (ordinals.get(kind) ?? 0) + 1;
  ordinals.set(kind, ordinal);
  return `${kind}${ordinal}`;
}
