import type { TreeLayout } from './treeLayout.ts';

/** No rows. In a file of its own, because the code that makes layouts is loaded later. */
export const NO_LAYOUT: TreeLayout = {
  grouping: 'runner',
  filter: undefined,
  roots: [],
  integrations: { shown: 0, of: 0 },
  runners: { shown: 0, of: 0 },
};
