import { l10n, window } from 'vscode';
import { findItem, type ItemEntry } from '../inventory/groups.ts';
import type { CommandParts } from './command.ts';

/** Selects and focuses an item in the tree, and shows its details. Clears a filter that hides it. */
export async function reveal(context: CommandParts, entry: ItemEntry): Promise<void> {
  const { treeOptions, groups, visibleTree, view, panels } = context;
  await visibleTree.whenCurrent();
  // Runners have rows of their own only if grouped by runner. Otherwise no filter hides them.
  const hasRow = entry.kind === 'integration' || treeOptions.current.grouping === 'runner';
  const isHidden = () => hasRow && findItem(groups.runners, entry.ref) !== undefined;
  if (!(await view.reveal(entry)) && treeOptions.current.filter !== undefined && isHidden()) {
    treeOptions.setFilter('');
    await treeOptions.keepFilter();
    await visibleTree.whenCurrent();
    await view.reveal(entry);
    window.setStatusBarMessage(l10n.t('$(clear-all) Filter cleared because it hid this row'), 5000);
  }
  await panels.details.show(entry.ref, true);
}
