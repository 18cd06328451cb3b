import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { plainLine } from '../../api/plainLine.ts';
import { providerOf } from '../../inventory/providers.ts';
import { errorText } from '../../platform/errorText.ts';
import { plural } from '../../platform/language.ts';
import type { Filter } from './filter.ts';
import {
  childrenOf,
  type FailureNode,
  type GroupNode,
  type MoreNode,
  type RestNode,
  type TreeNode,
} from './nodes.ts';

/*
 * The rows that stand for nothing of the organization themselves, and what all rows have in common.
 */

export function groupItem(node: GroupNode, filter: Filter | undefined): TreeItem {
  const label = groupName(node);
  const words = [integrationCount(node.integrations.length)];
  const item = itemOf(node, label, words);
  if (filter !== undefined) {
    item.label = { label, highlights: filter.ranges(label, node.grouping) };
  }
  const [first] = node.integrations;
  const { icon, color } = providerOf(first?.integration.scmId ?? '');
  item.contextValue = 'group';
  item.iconPath = themeIcon(icon, color);
  const sentence =
    node.grouping === 'provider'
      ? l10n.t('Provider {0}: {1}', label, words.join(', '))
      : l10n.t('Host {0}: {1}', label, words.join(', '));
  item.accessibilityInformation = { label: sentence };
  return item;
}

export function restItem(node: RestNode): TreeItem {
  const n = node.runners.length;
  const count = plural(n, l10n.t('{0} runner', n), l10n.t('{0} runners', n));
  const item = itemOf(node, restText(), [count]);
  item.contextValue = 'rest';
  item.iconPath = themeIcon('circle-slash', 'disabledForeground');
  item.accessibilityInformation = { label: l10n.t('{0}: {1}', restText(), count) };
  return item;
}

export function failureItem(node: FailureNode): TreeItem {
  const item = itemOf(node, errorText(node.error), []);
  item.contextValue = 'failure';
  item.iconPath = themeIcon('error', 'list.errorForeground');
  item.accessibilityInformation = {
    label: l10n.t('Could not be loaded: {0} Press Enter to retry.', errorText(node.error)),
  };
  return item;
}

export function moreItem(node: MoreNode): TreeItem {
  const item = itemOf(node, l10n.t('Show More'), [moreText(node)]);
  item.contextValue = 'more';
  item.iconPath = themeIcon('ellipsis', undefined);
  item.accessibilityInformation = { label: l10n.t('Show more: {0}', moreText(node)) };
  return item;
}

/** What every row has. */
export function itemOf(node: TreeNode, label: string, words: readonly string[]): TreeItem {
  const { None, Collapsed } = TreeItemCollapsibleState;
  const item = new TreeItem(label, childrenOf(node).length === 0 ? None : Collapsed);
  item.id = node.id;
  item.description = words.join(' · ');
  return item;
}

/** What a group is called. */
export function groupName({ grouping, name }: GroupNode): string {
  return grouping === 'provider'
    ? plainLine(providerOf(name).name) || l10n.t('Unknown provider')
    : plainLine(name) || l10n.t('(no host)');
}

export function restText(): string {
  return l10n.t('Without integrations');
}

export function moreText({ shown, of, what }: MoreNode): string {
  switch (what) {
    case 'runners':
      return l10n.t('{0} of {1} runners shown', shown, of);
    case 'groups':
      return l10n.t('{0} of {1} groups shown', shown, of);
    case 'integrations':
      return l10n.t('{0} of {1} integrations shown', shown, of);
  }
}

export function integrationCount(count: number): string {
  return plural(count, l10n.t('{0} integration', count), l10n.t('{0} integrations', count));
}

export function themeIcon(id: string, color: string | undefined): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
