import { stringify } from 'csv-stringify/sync';

/** Lines of CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe. */
export function csvLines(records: readonly (readonly string[])[]): string {
  return stringify([...records], { escape_formulas: true, record_delimiter: 'windows' });
}
