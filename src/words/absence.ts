import * as l10n from '@vscode/l10n';
import type { ItemRef } from '../inventory/itemRef.ts';
import type { InventoryState } from '../inventory/model.ts';
import { errorText } from './errors.ts';

/** Why a runner or an integration is missing that a signed-in person wants to see. */
export function absenceText({ kind }: ItemRef, state: InventoryState): string {
  if (state.kind !== 'ready') {
    return state.error ? errorText(state.error) : l10n.t('Loading…');
  }
  return kind === 'runner'
    ? l10n.t('This runner no longer exists, or the API key does not have access to it.')
    : l10n.t('This integration no longer exists, or the API key does not have access to it.');
}
