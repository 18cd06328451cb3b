/** How a program reads a file of comma-separated values. */
export interface CsvReading {
  /** Each of these characters ends a cell. */
  readonly separators: string;
  /** What ends a record. */
  readonly ends: readonly string[];
  readonly quotes: QuoteRule;
}

/**
 * - `ignored`: quotes are letters like others.
 * - `atStart`: a quote opens a quoted part only at the start of a cell, as in RFC 4180. What follows the closing one is
 *   text, as in Excel and in Python.
 * - `afterSpaces`: also after spaces.
 * - `anywhere`: every quote opens or closes a quoted part.
 */
export type QuoteRule = 'ignored' | 'atStart' | 'afterSpaces' | 'anywhere';

/** The records of a file as some program reads it. Written without regard to how the file is made. */
export function readCsv(text: string, { separators, ends, quotes }: CsvReading): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let cell = '';
  let isQuoted = false;
  let i = 0;
  const endCell = () => {
    record.push(cell);
    cell = '';
  };
  while (i < text.length) {
    const end = isQuoted ? undefined : ends.find((one) => text.startsWith(one, i));
    if (end !== undefined) {
      endCell();
      records.push(record);
      record = [];
      i += end.length;
      continue;
    }
    const char = text.charAt(i++);
    if (char === '"' && isQuoted && quotes !== 'anywhere' && text.charAt(i) === '"') {
      cell += '"';
      i++;
    } else if (char === '"' && isQuoted) {
      isQuoted = false;
    } else if (char === '"' && opens(cell, quotes)) {
      isQuoted = true;
    } else if (separators.includes(char) && !isQuoted) {
      endCell();
    } else {
      cell += char;
    }
  }
  if (cell !== '' || record.length > 0) {
    endCell();
    records.push(record);
  }
  return records;
}

function opens(cellSoFar: string, quotes: QuoteRule): boolean {
  switch (quotes) {
    case 'ignored':
      return false;
    case 'atStart':
      return cellSoFar === '';
    case 'afterSpaces':
      return cellSoFar.trim() === '';
    case 'anywhere':
      return true;
  }
}
