import { stringify } from 'csv-stringify/sync';

/**
 * Lines of CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe; so does what would
 * be a cell of its own where a spreadsheet takes semicolons for commas, as it does in many languages.
 */
export function csvLines(records: readonly (readonly string[])[]): string {
  const harmless = records.map((cells) =>
    cells.map((cell) => cell.replace(/([;\t])(?=\s*[=+\-@＝＋－＠])/g, "$1'")),
  );
  return stringify(harmless, { escape_formulas: true, record_delimiter: 'windows' });
}
