import { INVISIBLE } from '../base/invisible.ts';
import { printableLine } from '../base/plainLine.ts';

/** Up to the first character of a formula, however a program treats spaces and quotes before it. */
const FORMULA = String.raw`[${INVISIBLE}"]*[=+\-@＝＋－＠]`;

/**
 * Where a program may see the start of a cell that it runs, or whose quotes take in the cells after it. If it separates
 * cells by something else than this file does, it does not recognize the quotes around a cell, and so starts a new cell
 * at a comma or a semicolon. A quote that follows, within this cell or at its end, then opens one.
 */
const UNSAFE = new RegExp(`^(?=${FORMULA})|[,;](?=${FORMULA}|[${INVISIBLE}]*(?:"|$))`, 'gu');

/**
 * Lines of CSV (RFC 4180) that are as harmless to a program that separates cells by another of `,`, `;` and tab, ends
 * records otherwise, or knows no quotes: each is one record, and no cell is a formula. Line breaks, tabs and other
 * control characters become spaces, and an apostrophe precedes whatever would be a formula or would open quotes.
 *
 * There is one limit: a program with another delimiter for which a quote ends a cell only before that delimiter may join
 * records whose first cell is quoted. It runs no formula either.
 *
 * @param records the last cell of each must not need quotes: some programs do not recognize the CR after them
 */
export function csvLines(records: readonly (readonly string[])[], delimiter: ',' | ';' = ','): string {
  const harmless = records.map((cells) => cells.map((cell) => printableLine(cell).replace(UNSAFE, "$&'")));
  return harmless
    .map((cells) => `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`)
    .join('');
}

/** A cell has no line breaks. */
function quoted(cell: string, delimiter: string): string {
  return cell.includes('"') || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
