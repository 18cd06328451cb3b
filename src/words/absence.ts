import * as l10n from '@vscode/l10n';
import type { ItemRef } from '../inventory/itemRef.ts';
import type { InventoryState, LeftOutItems } from '../inventory/model.ts';
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
  if (leftOut !== undefined && mayBeLeftOut(ref, leftOut)) {
    return leftOutText(leftOut);
  }
  return ref.kind === 'runner'
    ? l10n.t('This runner no longer exists, or the API key does not have access to it.')
    : l10n.t('This integration no longer exists, or the API key does not have access to it.');
}

/** Whether an item is one of those left out, as far as they could be read. */
function mayBeLeftOut(ref: ItemRef, { runners, integrations }: LeftOutItems): boolean {
  return ref.kind === 'runner'
    ? runners.length > 0
    : integrations.some(
        ({ id = ref.id, runnerId = ref.runnerId }) => id === ref.id && runnerId === ref.runnerId,
      );
}
