import { l10n, window } from 'vscode';
import { findItem, type ItemEntry } from '../inventory/groups.ts';
import type { CommandContext } from './command.ts';

/** Shows something in the tree, selected and with the focus, and its details beside it. A filter that hides it is cleared. */
export async function reveal(context: CommandContext, entry: ItemEntry): Promise<void> {
  const { treeOptions, groups, visibleTree, view, panels } = context;
  await visibleTree.whenCurrent();
  // Runners have rows of their own in one grouping only; no filter hides them in the others.
  const hasRow = entry.kind === 'integration' || treeOptions.current.grouping === 'runner';
  const isHidden = () => hasRow && findItem(groups.runners, entry.ref) !== undefined;
  if (!(await view.reveal(entry)) && treeOptions.current.filter !== undefined && isHidden()) {
    treeOptions.setFilter('');
    await treeOptions.keepFilter();
    await visibleTree.whenCurrent();
    await view.reveal(entry);
    window.setStatusBarMessage(l10n.t('$(clear-all) The filter is cleared: it hid the row.'), 5000);
  }
  await panels.details.show(entry.ref, true);
}
