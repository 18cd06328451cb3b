import type { TreeLayout } from './treeLayout.ts';
import { childCount, type RootNode } from './nodes.ts';

/** Rows per page at the top level and under a row. *Show More* adds a page. VS Code becomes slow with more rows. */
export const PAGE_SIZE = 2000;

/** The same under a filter, where children count too, because their rows are expanded. */
export const FILTERED_PAGE_SIZE = 500;

/** Number of roots on the first pages. */
export function limitOf(roots: readonly RootNode[], filter: TreeLayout['filter'], pages: number): number {
  return filter === undefined ? pages * PAGE_SIZE : rootsWithin(roots, pages);
}

/** The same under a filter, where children count too. */
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
