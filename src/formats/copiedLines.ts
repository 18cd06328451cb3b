import { printableLine } from '../base/plainLine.ts';

export interface CopiedLines {
  /** One for each distinct value. */
  readonly lines: readonly string[];
  /** How many values have no line, because nothing of them is left. */
  readonly empty: number;
  /** Whether a line is not exactly its value. */
  readonly isChanged: boolean;
}

/**
 * Values as they go to the clipboard. In a terminal, a line break would run what precedes it, and control characters
 * would end the mode in which pasted text is not run; and text that is reordered is not what it looks like.
 */
export function copiedLines(values: readonly string[]): CopiedLines {
  const lines = values.map(copiedLine);
  const some = lines.filter((line) => line !== '');
  return {
    lines: [...new Set(some)],
    empty: lines.length - some.length,
    isChanged: lines.some((line, i) => line !== values[i]),
  };
}

/** The value, if it is safe to paste. Otherwise without line breaks and the like, and without spaces around the rest. */
function copiedLine(value: string): string {
  const line = printableLine(value);
  return line === value ? value : line.trim();
}
