import * as l10n from '@vscode/l10n';
import type { ItemStatus, Status } from '../inventory/status.ts';
import { reasonWords } from './reasons.ts';

/** A status on its own, as a heading. */
export function statusText(status: Status): string {
  switch (status) {
    case 'broken':
      return l10n.t('Broken');
    case 'attention':
      return l10n.t('Needs attention');
    case 'works':
      return l10n.t('Works');
    case 'unchecked':
      return l10n.t('Not checked');
  }
}

/** What a row says first: its worst reason, or that it works. Undefined if there is nothing to say. */
export function statusWords({ own, reasons: [worst] }: ItemStatus): string | undefined {
  if (worst !== undefined) {
    return reasonWords(worst);
  }
  return own === 'works' ? l10n.t('works') : undefined;
}
