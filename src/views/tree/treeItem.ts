import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Filter } from '../../inventory/filter.ts';
import { childCount, type TreeNode } from './nodes.ts';
import type { Icon } from '../runnerIcon.ts';
import { rowOf } from './rowText.ts';
import { markUri } from './statusDecorations.ts';

/**
 * The tree item of a node, collapsed if it has children. Its tooltip is made on demand, because most rows never show
 * theirs.
 *
 * @param filter what it found is highlighted in the label, or added to the words after it
 * @param news what the row says of a change that nobody has looked at yet; empty if there is none
 */
export function treeItemOf(node: TreeNode, filter?: Filter, news?: string): TreeItem {
  const { label, highlights, words, sentence, icon, mark, contextValue } = rowOf(node, filter, news);
  const { None, Collapsed } = TreeItemCollapsibleState;
  const item = new TreeItem(
    highlights === undefined ? label : { label, highlights },
    childCount(node) === 0 ? None : Collapsed,
  );
  item.id = node.treeId;
  item.description = words.join(' · ');
  item.contextValue = contextValue;
  item.iconPath = themeIcon(icon);
  if (mark !== undefined) {
    item.resourceUri = markUri(mark);
  }
  item.accessibilityInformation = { label: sentence };
  return item;
}

export function themeIcon({ id, color }: Icon): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
