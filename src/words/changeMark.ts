import * as l10n from '@vscode/l10n';
import type { ChangeMark } from '../inventory/changeMarks.ts';
import { asOfText } from './numbersAndDates.ts';

/** What a row says about a change that nobody has looked at yet. `NewDay` tells when it has to be drawn again. */
export function changeMarkText({ kind, at }: ChangeMark): string {
  return kind === 'new' ? l10n.t('new') : l10n.t('changed {0}', asOfText(at));
}
