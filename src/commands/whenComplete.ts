import type { Inventory } from '../inventory/inventory.ts';
import { waitForLoad } from './waitForLoad.ts';

/**
 * Waits for a running load, because a partial one would mix old rows with new ones.
 *
 * @returns false if the user cancels
 */
export async function whenComplete(inventory: Inventory): Promise<boolean> {
  const complete = inventory.whenLoaded().then(() => inventory.whenIdle());
  if (inventory.state.kind === 'ready' && !inventory.isLoading) {
    return true;
  }
  return waitForLoad(complete.then(() => true));
}
