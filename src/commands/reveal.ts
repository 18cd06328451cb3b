import { l10n, window } from 'vscode';
import { targetOf } from '../views/details/detailsTarget.ts';
import type { ItemNode, TreeNode } from '../views/tree/nodes.ts';
import type { LaterContext } from './later.ts';

/** Shows something in the tree, selected and with the focus, and its details beside it. A filter that hides it is cleared. */
export async function reveal({ wish, arranged, view, details }: LaterContext, node: ItemNode): Promise<void> {
  const isWanted = (other: TreeNode) => isSameItem(node, other);
  if (!(await view.reveal(isWanted)) && wish.current.filter !== undefined) {
    wish.setFilter('');
    await wish.keepFilter();
    await arranged.whenArranged();
    await view.reveal(isWanted);
    window.setStatusBarMessage(l10n.t('$(clear-all) The filter is cleared: it hid the row.'), 5000);
  }
  await details.show(targetOf(node), true);
}

function isSameItem(node: ItemNode, other: TreeNode): boolean {
  return node.kind === 'integration'
    ? other.kind === 'integration' && other.integration === node.integration
    : other.kind === 'runner' && other.runnerId === node.runnerId;
}
