import type { ChangeMarks } from '../../inventory/changeMarks.ts';
import { refKey } from '../../inventory/itemRef.ts';
import { changeMarkText } from '../../words/changeMark.ts';
import type { TreeElement } from './treeElement.ts';

/** The rows that say that they are new or have changed. */
export class MarkedRows {
  readonly #marks: Pick<ChangeMarks, 'of'>;
  readonly #drawn = new Set<TreeElement>();

  constructor(marks: Pick<ChangeMarks, 'of'>) {
    this.#marks = marks;
  }

  /** What a row that is being drawn says of a change that nobody has looked at yet; undefined if there is none. */
  draw(row: TreeElement): string | undefined {
    const text = this.#textOf(row);
    if (text !== undefined) {
      this.#drawn.add(row);
    }
    return text;
  }

  /** Those that say so now, or did until now. They have to be drawn again. */
  changed(rows: Iterable<TreeElement>): readonly TreeElement[] {
    const drawn = [...this.#drawn];
    this.#drawn.clear();
    return [...drawn, ...[...rows].filter((row) => this.#textOf(row) !== undefined)];
  }

  #textOf({ node }: TreeElement): string | undefined {
    const isItem = node.kind === 'runner' || node.kind === 'integration';
    const mark = isItem ? this.#marks.of(refKey(node.entry.ref)) : undefined;
    return mark && changeMarkText(mark);
  }
}
