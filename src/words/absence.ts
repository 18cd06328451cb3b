import * as l10n from '@vscode/l10n';
import type { ItemRef } from '../inventory/itemRef.ts';
import { leftOutTest } from '../inventory/leftOutTest.ts';
import type { InventoryState } from '../inventory/model.ts';
import { errorText } from './errors.ts';
import { leftOutText } from './leftOut.ts';

/**
 * Why a runner or an integration is missing that a signed-in person wants to see.
 *
 * @param isGone whether a load has ended without it
 */
export function absenceText(ref: ItemRef, state: InventoryState, isGone: boolean): string {
  if (!isGone) {
    return state.error ? errorText(state.error) : l10n.t('Loading…');
  }
  const { leftOut } = state.data;
  if (leftOut !== undefined && leftOutTest(leftOut)(ref)) {
    return leftOutText(leftOut);
  }
  return ref.kind === 'runner'
    ? l10n.t('This runner no longer exists, or the API key does not have access to it.')
    : l10n.t('This integration no longer exists, or the API key does not have access to it.');
}
