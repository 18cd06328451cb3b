import { stringify } from 'csv-stringify/sync';

/**
 * Lines of CSV (RFC 4180). An apostrophe precedes anything that a spreadsheet would run as a formula, at the start of a
 * cell or after a semicolon or tab within it: in many languages, spreadsheets start a new cell there.
 */
export function csvLines(records: readonly (readonly string[])[]): string {
  const harmless = records.map((cells) =>
    cells.map((cell) => cell.replace(/([;\t])(?=\s*[=+\-@＝＋－＠])/g, "$1'")),
  );
  return stringify(harmless, { escape_formulas: true, record_delimiter: 'windows' });
}
