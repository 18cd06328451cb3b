import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Filter } from '../../inventory/filter.ts';
import { childCount, type TreeNode } from './nodes.ts';
import type { Icon } from '../runnerIcon.ts';
import { rowOf } from './rowText.ts';

/**
 * The row of a node, collapsed where something stands under it. Its tooltip is made when it is asked for: thousands of rows
 * never show theirs.
 *
 * @param filter what it is there for: what it has found stands out, or is named
 */
export function treeItemOf(node: TreeNode, filter?: Filter): TreeItem {
  const { label, highlights, words, sentence, icon, contextValue } = rowOf(node, filter);
  const { None, Collapsed } = TreeItemCollapsibleState;
  const item = new TreeItem(
    highlights === undefined ? label : { label, highlights },
    childCount(node) === 0 ? None : Collapsed,
  );
  item.id = node.treeId;
  item.description = words.join(' · ');
  item.contextValue = contextValue;
  item.iconPath = themeIcon(icon);
  item.accessibilityInformation = { label: sentence };
  return item;
}

export function themeIcon({ id, color }: Icon): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
