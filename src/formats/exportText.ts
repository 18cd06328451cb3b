import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import { csvLines } from './csvText.ts';
import { factsJson, integrationJson, jsonText, type MessageOf, runnerStatusJson } from './jsonText.ts';

/** `csvSemicolon` is for Excel in languages and regions where a comma does not separate cells (`excelSemicolon.ts`). */
export type ExportFormat = 'json' | 'csv' | 'csvSemicolon';

/** An integration and its runner. */
export interface ExportRow {
  readonly entry: IntegrationEntry;
  readonly runner: RunnerEntry;
}

/** Number of rows converted between two pauses. */
const STEP = 100;

/** The byte order mark, by which spreadsheets recognize UTF-8. */
const BOM = '\ufeff';

const encoder = new TextEncoder();

/**
 * Column names are for programs, so they are the same in every language. New ones come after the others, and before the
 * last, which needs no quotes.
 */
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
  'inherited',
  'status',
  'reasons',
  'reason_texts',
  'proved_at',
  'runner_reasons',
  'runner_reason_texts',
  'signed_in',
  'access_asked_at',
  'valid',
  'validation_asked_at',
  'effective_status',
];

/**
 * Creates an export file, in steps, because there may be many rows.
 *
 * @param rows at least one
 * @param messageOf makes the sentence of a reason
 * @param onRows called with the number of rows just converted
 * @returns the bytes of the file, in UTF-8
 */
export function* exportSteps(
  rows: readonly ExportRow[],
  format: ExportFormat,
  messageOf: MessageOf,
  onRows: (count: number) => void,
): Generator<void, Uint8Array, undefined> {
  const isJson = format === 'json';
  const csv = (records: readonly (readonly string[])[]) =>
    csvLines(records, format === 'csvSemicolon' ? ';' : ',');
  const [start, between, end] = isJson ? ['[\n', ',\n', '\n]\n'] : [`${BOM}${csv([CSV_HEADER])}`, '', ''];
  const parts = [encoder.encode(start)];
  for (let i = 0; i < rows.length; i += STEP) {
    const chunk = rows.slice(i, i + STEP);
    const text = isJson
      ? jsonItems(chunk.map((row) => exportJson(row, messageOf)))
      : csv(chunk.map((row) => csvRecord(row, messageOf)));
    parts.push(encoder.encode(`${i === 0 ? '' : between}${text}`));
    onRows(chunk.length);
    yield;
  }
  return Buffer.concat([...parts, encoder.encode(end)]);
}

function exportJson({ entry, runner }: ExportRow, messageOf: MessageOf): object {
  const { name, phase } = runner.runner ?? {};
  return {
    ...integrationJson(entry.integration),
    provider: entry.provider.name,
    managedByOna: entry.managed,
    inherited: entry.isInherited,
    ...factsJson(entry, messageOf),
    runner: runner.runner && { name, phase, ...runnerStatusJson(runner, messageOf) },
  };
}

/** The items of a list, without its brackets. */
function jsonItems(items: readonly object[]): string {
  return jsonText(items).slice('[\n'.length, -'\n]'.length);
}

function csvRecord({ entry, runner: runnerEntry }: ExportRow, messageOf: MessageOf): string[] {
  const { runner } = runnerEntry;
  const { own, effective, proof } = entry.status;
  const { access, validation } = entry.answers ?? {};
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
    String(entry.isInherited),
    own,
    codes(entry),
    sentences(entry, messageOf),
    proof?.at.toISOString() ?? '',
    codes(runnerEntry),
    sentences(runnerEntry, messageOf),
    String(access?.signedIn ?? ''),
    access?.at.toISOString() ?? '',
    String(validation?.valid ?? ''),
    validation?.at.toISOString() ?? '',
    effective,
  ];
}

function codes({ status }: ItemEntry): string {
  return status.reasons.map(({ code }) => code).join(' ');
}

function sentences(entry: ItemEntry, messageOf: MessageOf): string {
  return entry.status.reasons.map((reason) => messageOf(reason, entry)).join(' ');
}
