import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLines } from '../../../src/formats/csvText.ts';
import { type CsvReading, type QuoteRule, readCsv } from './csvReaders.ts';

/** Everything that means something to a reader, and two characters that do not. */
const ALPHABET = [',', ';', '\t', '\r', '\n', '"', "'", '=', '+', '-', '@', '＝', ' ', 'a', '1'];

const ENDS = [['\n'], ['\r'], ['\r\n'], ['\r\n', '\n', '\r']];

const QUOTES: readonly QuoteRule[] = ['ignored', 'atStart', 'afterSpaces', 'anywhere'];

const READINGS: readonly CsvReading[] = [',', ';', '\t', ',;\t'].flatMap((separators) =>
  ENDS.flatMap((ends) => QUOTES.map((quotes) => ({ separators, ends, quotes }))),
);

/** Files for each delimiter; each is read in all ways. */
const CASES = 5_000;

/** A cell that a spreadsheet runs, whether or not it sees quotes and drops spaces. */
const FORMULA = /^[\s"]*[=+\-@＝＋－＠]/;

const cell = fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 8 });

/** The last column of an export is a fixed word. */
const rows = fc.array(
  fc.tuple(cell, cell, cell).map((cells) => [...cells, 'false']),
  { minLength: 1, maxLength: 3 },
);

/** @returns the records that have text: with another end of record, a part of the last one remains */
function recordsOf(text: string, reading: CsvReading): string[][] {
  return readCsv(text, reading).filter((record) => record.some((one) => one.trim() !== ''));
}

function assertHarmless(records: readonly (readonly string[])[], count: number, hint: string): void {
  assert.equal(records.length, count, hint);
  for (const one of records.flat()) {
    assert.doesNotMatch(one, FORMULA, hint);
  }
}

describe('CSV, however a program reads it', () => {
  for (const [name, delimiter] of [
    ['commas', ','],
    ['semicolons', ';'],
  ] as const) {
    it(`with ${name}, has a record for each row, and no cell that is a formula (${CASES} cases)`, () => {
      fc.assert(
        fc.property(rows, (records) => {
          const text = csvLines(records, delimiter);
          for (const reading of READINGS) {
            assertHarmless(recordsOf(text, reading), records.length, JSON.stringify({ reading, text }));
          }
        }),
        { numRuns: CASES },
      );
    }).timeout(60_000);

    it(`with ${name}, is as harmless to a well-known library`, () => {
      fc.assert(
        fc.property(rows, (records) => {
          const text = csvLines(records, delimiter);
          for (const [separators, ends] of READINGS.map((one) => [one.separators, one.ends] as const)) {
            for (const options of [
              { relax_quotes: true },
              { relax_quotes: true, ltrim: true },
              { quote: null },
            ]) {
              const read = parse(text, {
                ...options,
                delimiter: Array.from(separators),
                record_delimiter: [...ends],
                relax_column_count: true,
                skip_records_with_empty_values: true,
              });
              assertHarmless(read, records.length, JSON.stringify({ separators, ends, options, text }));
            }
          }
        }),
        { numRuns: 100 },
      );
    }).timeout(60_000);

    it(`with ${name}, keeps what cells say: line breaks become spaces, and apostrophes are added`, () => {
      const words = (one: string) => one.replace(/[\r\n\t]+/g, ' ').replaceAll("'", '');
      fc.assert(
        fc.property(rows, (records) => {
          // Strict: it rejects what RFC 4180 does not allow.
          const read = parse(csvLines(records, delimiter), { delimiter, record_delimiter: '\r\n' });
          assert.deepEqual(
            read.map((record) => record.map(words)),
            records.map((record) => record.map(words)),
          );
        }),
      );
    });
  }
});
