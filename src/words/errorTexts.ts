import type * as onDemand from './onDemand.ts';

let loaded: typeof onDemand | undefined;

/** Loads the texts for errors. `GroupedInventory` publishes a state with an error only after that. */
export async function loadErrorTexts(): Promise<void> {
  loaded = await import('./onDemand.ts');
}

/**
 * The texts for the errors of a published state.
 *
 * @throws Error if they are not loaded
 */
export function errorTexts(): typeof onDemand {
  if (loaded === undefined) {
    throw new Error('The texts for errors are not loaded');
  }
  return loaded;
}
