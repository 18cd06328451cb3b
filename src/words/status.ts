import * as l10n from '@vscode/l10n';
import type { Reason } from '../inventory/reasons.ts';
import type { ItemStatus, Status } from '../inventory/statuses.ts';
import { plural } from './numbersAndDates.ts';

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

/** A reason in a few words, as the first of a row. */
export function reasonWords(reason: Reason): string {
  switch (reason.code) {
    case 'noSignIn':
      return l10n.t('no sign-in method');
    case 'invalid':
      return l10n.t('configuration is invalid');
    case 'invalidWithoutReason':
      return l10n.t('configuration may be invalid');
    case 'oauthNotValidated':
      return l10n.t('OAuth may be invalid');
    case 'oauthUnsupported':
      return l10n.t('OAuth not supported');
    case 'patMissing':
      return l10n.t('personal access tokens are off');
    case 'issuerMissing':
      return l10n.t('issuer URL missing');
    case 'issuerUnused':
      return l10n.t('issuer URL not used');
    case 'directoryMissing':
      return l10n.t('virtual directory missing');
    case 'directoryUnused':
      return l10n.t('virtual directory not used');
    case 'tokenEnding':
      return endingWords(reason.days);
    case 'tokenEnded':
      return l10n.t('token has ended');
    case 'signedOut':
      return l10n.t('no longer signed in');
    case 'offline':
      return l10n.t('offline');
    case 'degraded':
      return l10n.t('degraded');
    case 'noIntegrations':
      return l10n.t('can clone nothing: no integrations');
    case 'duplicateHost':
      return l10n.t('duplicate host');
  }
}

function endingWords(days: number): string {
  if (days <= 0) {
    return l10n.t('token ends today');
  }
  return days === 1
    ? l10n.t('token ends tomorrow')
    : plural(days, l10n.t('token ends in {0} day', days), l10n.t('token ends in {0} days', days));
}
