import type { Runner } from '../api/runners.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import { csvLines } from './csvText.ts';
import { integrationJson, jsonText } from './jsonText.ts';

/** `csvSemicolon` is for Excel in languages and regions where a comma does not separate cells (`excelSemicolon.ts`). */
export type ExportFormat = 'json' | 'csv' | 'csvSemicolon';

/** An integration and its runner. */
export interface ExportRow {
  readonly entry: IntegrationEntry;
  /** Undefined if it is not in the list of runners. */
  readonly runner: Runner | undefined;
}

/** Number of rows converted between two pauses. */
const STEP = 100;

/** The byte order mark, by which spreadsheets recognize UTF-8. */
const BOM = '\ufeff';

const encoder = new TextEncoder();

/** Column names are for programs, so they are the same in every language. */
const CSV_HEADER = [
  'runner',
  'runner_id',
  'runner_phase',
  'host',
  'provider',
  'provider_id',
  'sign_in_methods',
  'integration_id',
  'oauth_client_id',
  'oauth_client_secret_set',
  'issuer_url',
  'virtual_directory',
  'managed_by_ona',
];

/**
 * Creates an export file, in steps, because there may be many rows.
 *
 * @param rows at least one
 * @param onRows called with the number of rows just converted
 * @returns the bytes of the file, in UTF-8
 */
export function* exportSteps(
  rows: readonly ExportRow[],
  format: ExportFormat,
  onRows: (count: number) => void,
): Generator<void, Uint8Array, undefined> {
  const isJson = format === 'json';
  const csv = (records: readonly (readonly string[])[]) =>
    csvLines(records, format === 'csvSemicolon' ? ';' : ',');
  const [start, between, end] = isJson ? ['[\n', ',\n', '\n]\n'] : [`${BOM}${csv([CSV_HEADER])}`, '', ''];
  const parts = [encoder.encode(start)];
  for (let i = 0; i < rows.length; i += STEP) {
    const chunk = rows.slice(i, i + STEP);
    const text = isJson ? jsonItems(chunk.map(exportJson)) : csv(chunk.map(csvRecord));
    parts.push(encoder.encode(`${i === 0 ? '' : between}${text}`));
    onRows(chunk.length);
    yield;
  }
  return Buffer.concat([...parts, encoder.encode(end)]);
}

function exportJson({ entry, runner }: ExportRow): object {
  return {
    ...integrationJson(entry.integration),
    provider: entry.provider.name,
    managedByOna: entry.managed,
    runner: runner && { name: runner.name, phase: runner.phase },
  };
}

/** The items of a list, without its brackets. */
function jsonItems(items: readonly object[]): string {
  return jsonText(items).slice('[\n'.length, -'\n]'.length);
}

function csvRecord({ entry, runner }: ExportRow): string[] {
  const { id, runnerId, scmId, host, oauth, pat, virtualDirectory = '' } = entry.integration;
  return [
    runner?.name ?? '',
    runnerId,
    runner?.phase ?? '',
    host,
    entry.provider.name,
    scmId,
    [...(oauth ? ['oauth'] : []), ...(pat ? ['pat'] : [])].join(' '),
    id,
    oauth?.clientId ?? '',
    oauth === undefined ? '' : String(oauth.clientSecretSet),
    oauth?.issuerUrl ?? '',
    virtualDirectory,
    String(entry.managed),
  ];
}
