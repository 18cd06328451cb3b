import * as l10n from '@vscode/l10n';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import type { FieldError, Reason } from '../../inventory/reasons.ts';
import { asOfText } from '../../words/numbersAndDates.ts';
import { fieldErrorText } from '../../words/reasons.ts';
import { runnerName } from '../../words/runners.ts';
import { hinted } from './hints.ts';
import type { DetailsRow } from './protocol.ts';

/** The rows that show what runners call by these names. */
const ROWS: Readonly<Record<FieldError['field'], string>> = {
  scmId: 'provider',
  host: 'host',
  oauth: 'client-id',
  pat: 'sign-in',
};

/** The row, with a further hint for each error that the runner has found in its field. The status has them as a reason. */
export function withFieldErrors(
  row: DetailsRow,
  entry: IntegrationEntry,
  runner: RunnerEntry | undefined,
): DetailsRow {
  const texts = entry.status.reasons.flatMap((reason) =>
    errorsOf(reason)
      .filter(({ field }) => ROWS[field] === row.key)
      .map((error) => hintText(error, reason, runner)),
  );
  const { hints = [], notes = [] } = row;
  return texts.length === 0 ? row : { ...row, ...hinted(entry, [...hints, ...notes, ...texts]) };
}

function errorsOf(reason: Reason): readonly FieldError[] {
  switch (reason.code) {
    case 'invalid':
      return reason.errors;
    case 'oauthNotValidated':
      return [{ field: 'oauth', text: reason.text }];
    default:
      return [];
  }
}

function hintText(error: FieldError, { at }: Reason, runner: RunnerEntry | undefined): string {
  const name = runner === undefined ? l10n.t('Unknown runner') : runnerName(runner);
  const text = fieldErrorText(error);
  return at === undefined
    ? l10n.t('According to {0}: {1}', name, text)
    : l10n.t('According to {0} (asked {1}): {2}', name, asOfText(at), text);
}
