import { stringify } from 'csv-stringify/sync';

/** Where spreadsheets may start a new cell, depending on their language. */
const DELIMITERS = [',', ';', '\t'] as const;

/** A space of any kind. Tabs are delimiters. */
const BLANK = String.raw`[^\S\r\n\t]`;

/** The first character of a formula. */
const SIGN = '[=+\\-@＝＋－＠]';

/**
 * Lines of CSV (RFC 4180). An apostrophe precedes anything that a spreadsheet would run as a formula: at the start of a
 * cell, and within it after a line break or a delimiter of other languages. A spreadsheet of such a language does not
 * recognize the quotes around the cell, and so starts a new one there. A quote in the cell, which is doubled, is an empty
 * text to it, and the formula follows.
 */
export function csvLines(records: readonly (readonly string[])[], delimiter: ',' | ';' = ','): string {
  const others = DELIMITERS.filter((other) => other !== delimiter).join('');
  const start = new RegExp(`^(?=${BLANK}+${SIGN})|(\\r\\n|[${others}\\r\\n])(?=(?:${BLANK}|")*${SIGN})`, 'g');
  const harmless = records.map((cells) => cells.map((cell) => cell.replace(start, "$1'")));
  return stringify(harmless, {
    delimiter,
    escape_formulas: true,
    record_delimiter: 'windows',
    // By default, only a CRLF is quoted, but readers end a record at a single CR or LF too.
    quoted_match: /[\r\n]/,
  });
}
