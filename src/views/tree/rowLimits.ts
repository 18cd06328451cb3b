import type { TreeLayout } from './treeLayout.ts';
import { childCount, type RootNode } from './nodes.ts';

/** Rows at the top, or under one row, that are shown at first, and that *Show More* adds: the editor takes long over more. */
export const PAGE_SIZE = 2000;

/** The same under a filter, where what stands under them counts too: it is open. */
export const FILTERED_PAGE_SIZE = 500;

/** How many roots there are to show. */
export function limitOf(roots: readonly RootNode[], filter: TreeLayout['filter'], pages: number): number {
  return filter === undefined ? pages * PAGE_SIZE : rootsWithin(roots, pages);
}

/** The same where their children count. */
function rootsWithin(roots: readonly RootNode[], pages: number): number {
  let rows = 0;
  let page = 1;
  for (const [i, root] of roots.entries()) {
    const children = childCount(root);
    rows += 1 + (children <= FILTERED_PAGE_SIZE ? children : 0);
    if (rows >= FILTERED_PAGE_SIZE) {
      if (page === pages) {
        return i + 1;
      }
      page++;
      rows = 0;
    }
  }
  return roots.length;
}
