import type { Arrangement } from './arrangement.ts';
import { childCount, type RootNode } from './nodes.ts';

/** Rows at the top, or under one row, that are shown at first, and that *Show More* adds: the editor takes long over more. */
export const PORTION = 2000;

/** The same under a filter, where what stands under them counts too: it is open. */
export const FILTERED_ROWS = 500;

/** How many roots there are to show. */
export function limitOf(roots: readonly RootNode[], filter: Arrangement['filter'], portions: number): number {
  return filter === undefined ? portions * PORTION : rootsWithin(roots, portions);
}

/** The same where their children count. */
function rootsWithin(roots: readonly RootNode[], portions: number): number {
  let rows = 0;
  let portion = 1;
  for (const [i, root] of roots.entries()) {
    const children = childCount(root);
    rows += 1 + (children <= FILTERED_ROWS ? children : 0);
    if (rows >= FILTERED_ROWS) {
      if (portion === portions) {
        return i + 1;
      }
      portion++;
      rows = 0;
    }
  }
  return roots.length;
}
