import { stringify } from 'csv-stringify/sync';

/** Where spreadsheets may start a new cell, depending on their language. */
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Lines of CSV (RFC 4180). An apostrophe precedes anything that a spreadsheet would run as a formula: at the start of a
 * cell, and within it after a line break or a delimiter of other languages. A spreadsheet of such a language does not
 * recognize the quotes around the cell, and so starts a new one there.
 */
export function csvLines(records: readonly (readonly string[])[], delimiter: ',' | ';' = ','): string {
  const others = DELIMITERS.filter((other) => other !== delimiter).join('');
  const start = new RegExp(`(\\r\\n|[${others}\\r\\n])(?=[^\\S\\r\\n]*[=+\\-@＝＋－＠])`, 'g');
  const harmless = records.map((cells) => cells.map((cell) => cell.replace(start, "$1'")));
  return stringify(harmless, {
    delimiter,
    escape_formulas: true,
    record_delimiter: 'windows',
    // By default only both together are quoted, but a reader ends the record at either.
    quoted_match: /[\r\n]/,
  });
}
