import type { ItemFacts } from '../../../src/inventory/itemFacts.ts';

/** Nothing has been asked. */
export const NO_ITEM_FACTS: ItemFacts = {
  onDidChange: () => ({ dispose: () => undefined }),
  schemaOf: () => undefined,
  isKnownInherited: () => false,
  answersOf: () => ({}),
  answeredAt: () => [],
};
