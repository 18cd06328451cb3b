import { l10n, window } from 'vscode';
import { findTarget, isSameItem, targetOf } from '../views/details/detailsTarget.ts';
import type { ItemNode, TreeNode } from '../views/tree/nodes.ts';
import type { LaterContext } from './later.ts';

/** Shows something in the tree, selected and with the focus, and its details beside it. A filter that hides it is cleared. */
export async function reveal(context: LaterContext, node: ItemNode): Promise<void> {
  const { wish, groups, arranged, view, details } = context;
  const isWanted = (other: TreeNode) => isSameItem(node, other);
  await arranged.whenArranged();
  // Runners have rows of their own in one grouping only; no filter hides them in the others.
  const hasRow = node.kind === 'integration' || wish.current.grouping === 'runner';
  const isHidden = () => hasRow && findTarget(groups.nodes, targetOf(node)) !== undefined;
  if (!(await view.reveal(isWanted)) && wish.current.filter !== undefined && isHidden()) {
    wish.setFilter('');
    await wish.keepFilter();
    await arranged.whenArranged();
    await view.reveal(isWanted);
    window.setStatusBarMessage(l10n.t('$(clear-all) The filter is cleared: it hid the row.'), 5000);
  }
  await details.show(targetOf(node), true);
}
