import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { plainLine } from '../../api/plainLine.ts';
import { providerOf } from '../../inventory/providers.ts';
import { errorText } from '../../platform/errorText.ts';
import { plural } from '../../platform/language.ts';
import type { Filter, FilterField, Found } from './filter.ts';
import {
  childrenOf,
  type FailureNode,
  type GroupNode,
  type IntegrationNode,
  type MoreNode,
  type RestNode,
  type RunnerNode,
  type TreeNode,
} from './nodes.ts';
import { phaseText, runnerName } from './runnerText.ts';

/**
 * The row of a node, collapsed where something stands under it. Its tooltip is made when it is asked for: thousands of rows
 * never show theirs.
 *
 * @param filter what it is there for: what it has found stands out, or is named
 */
export function treeItemOf(node: TreeNode, filter?: Filter): TreeItem {
  switch (node.kind) {
    case 'runner':
      return runnerItem(node, filter);
    case 'integration':
      return integrationItem(node, filter);
    case 'group':
      return groupItem(node, filter);
    case 'rest':
      return restItem(node);
    case 'failure':
      return failureItem(node);
    case 'more':
      return moreItem(node);
  }
}

function runnerItem(node: RunnerNode, filter: Filter | undefined): TreeItem {
  const label = runnerName(node);
  const words = runnerWords(node);
  const named = filter === undefined ? [] : foundElsewhere(filter.found(undefined, node), [label, ...words]);
  const item = itemOf(node, label, [...words, ...named]);
  if (filter !== undefined) {
    item.label = { label, highlights: filter.ranges(label, 'runner') };
  }
  item.contextValue = 'runner';
  item.iconPath = runnerIcon(node);
  item.accessibilityInformation = {
    label: l10n.t('Runner {0}: {1}', label, [...words, ...named].join(', ')),
  };
  return item;
}

function integrationItem(node: IntegrationNode, filter: Filter | undefined): TreeItem {
  const { integration, under } = node;
  const provider = providerOf(integration.scmId);
  const host = hostText(node);
  const runner = under && runnerName(under.runner);
  const isOfHost = under?.grouping === 'host' && runner !== undefined;
  const label = isOfHost ? runner : host;
  const phase = under?.runner.runner && under.runner.role !== 'local' && phaseText(under.runner.runner.phase);
  const words = (short: boolean) => [
    ...(runner !== undefined && !isOfHost ? [l10n.t('on {0}', runner)] : []),
    ...(under?.grouping === 'provider' || provider.name === '' ? [] : [plainLine(provider.name)]),
    signInMethods(node, short),
    ...(phase ? [phase] : []),
    ...(node.managed ? [l10n.t('managed by Ona')] : []),
  ];
  const named =
    filter === undefined
      ? []
      : foundElsewhere(
          filter.found(integration, under?.runner).filter(({ field }) => field !== under?.grouping),
          [label, runner ?? '', ...words(true), ...words(false)],
        );
  const item = itemOf(node, label, [...words(true), ...named]);
  if (filter !== undefined) {
    item.label = { label, highlights: filter.ranges(label, isOfHost ? 'runner' : 'host') };
  }
  item.contextValue = 'integration';
  item.iconPath = isOfHost ? runnerIcon(under.runner) : themeIcon(provider.icon, provider.color);
  const name = isOfHost ? l10n.t('{0} on {1}', host, runner) : host;
  item.accessibilityInformation = {
    label: l10n.t('Integration {0}: {1}', name, [...words(false), ...named].join(', ')),
  };
  return item;
}

function groupItem(node: GroupNode, filter: Filter | undefined): TreeItem {
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

function restItem(node: RestNode): TreeItem {
  const n = node.runners.length;
  const count = plural(n, l10n.t('{0} runner', n), l10n.t('{0} runners', n));
  const item = itemOf(node, restText(), [count]);
  item.contextValue = 'rest';
  item.iconPath = themeIcon('circle-slash', 'disabledForeground');
  item.accessibilityInformation = { label: l10n.t('{0}: {1}', restText(), count) };
  return item;
}

function failureItem(node: FailureNode): TreeItem {
  const item = itemOf(node, errorText(node.error), []);
  item.contextValue = 'failure';
  item.iconPath = themeIcon('error', 'list.errorForeground');
  item.accessibilityInformation = {
    label: l10n.t('Could not be loaded: {0} Press Enter to retry.', errorText(node.error)),
  };
  return item;
}

function moreItem(node: MoreNode): TreeItem {
  const item = itemOf(node, l10n.t('Show More'), [moreText(node)]);
  item.contextValue = 'more';
  item.iconPath = themeIcon('ellipsis', undefined);
  item.accessibilityInformation = { label: l10n.t('Show more: {0}', moreText(node)) };
  return item;
}

function itemOf(node: TreeNode, label: string, words: readonly string[]): TreeItem {
  const { None, Collapsed } = TreeItemCollapsibleState;
  const item = new TreeItem(label, childrenOf(node).length === 0 ? None : Collapsed);
  item.id = node.id;
  item.description = words.join(' · ');
  return item;
}

/** What a filter has found where the row does not show it. */
function foundElsewhere(found: readonly Found[], shown: readonly string[]): string[] {
  const all = shown.join('\n').toLowerCase();
  return found
    .filter(({ value }) => !all.includes(plainLine(value).toLowerCase()))
    .map(({ field, value }) => foundText(field, plainLine(value)));
}

function foundText(field: FilterField, value: string): string {
  switch (field) {
    case 'id':
      return l10n.t('ID {0}', value);
    case 'provider':
      return l10n.t('provider ID {0}', value);
    case 'host':
    case 'runner':
    case 'auth':
    case 'phase':
      return value;
  }
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

/** What a runner's row says behind its name; a phase only where it is not the normal one. */
function runnerWords(node: RunnerNode): string[] {
  const { runner, role } = node;
  const counts = countWords(node);
  switch (role) {
    case 'local':
      // It runs nothing, so its phase means nothing.
      return [l10n.t('shared'), ...counts];
    case 'unknown':
      return counts;
    case 'managed':
    case 'ordinary': {
      const phase = runner === undefined ? undefined : phaseText(runner.phase);
      return [
        ...counts,
        ...(phase === undefined ? [] : [phase]),
        ...(role === 'managed' ? [l10n.t('managed by Ona')] : []),
      ];
    }
  }
}

function countWords({ integrations, filteredFrom, integrationsPending, failure }: RunnerNode): string[] {
  const n = integrations.length;
  const count =
    filteredFrom === undefined
      ? integrationCount(n)
      : plural(
          filteredFrom,
          l10n.t('{0} of {1} integration', n, filteredFrom),
          l10n.t('{0} of {1} integrations', n, filteredFrom),
        );
  if (failure !== undefined) {
    return [l10n.t('could not be loaded'), ...(integrations.length === 0 ? [] : [count])];
  }
  if (integrations.length > 0) {
    return [integrationsPending ? l10n.t('{0} so far', count) : count];
  }
  return [integrationsPending ? l10n.t('integrations not loaded') : l10n.t('no integrations')];
}

export function runnerIcon({ runner, role }: RunnerNode): ThemeIcon {
  if (role === 'unknown') {
    return themeIcon('question', 'disabledForeground');
  }
  if (role === 'local') {
    return themeIcon('home', undefined);
  }
  switch (runner?.phase) {
    case 'RUNNER_PHASE_ACTIVE':
      return themeIcon(role === 'managed' ? 'cloud' : 'vm-active', 'charts.green');
    case 'RUNNER_PHASE_DEGRADED':
      return themeIcon('warning', 'list.warningForeground');
    case 'RUNNER_PHASE_DELETING':
    case 'RUNNER_PHASE_DELETED':
      return themeIcon('trash', 'disabledForeground');
    default:
      return themeIcon(role === 'managed' ? 'cloud' : 'vm-outline', 'disabledForeground');
  }
}

export function hostText({ integration }: IntegrationNode): string {
  return plainLine(integration.host) || l10n.t('(no host)');
}

/** How a person may sign in to the host; `short` as rows say it, else in full words. */
export function signInMethods({ integration }: IntegrationNode, short: boolean): string {
  const methods = [
    ...(integration.oauth === undefined ? [] : [l10n.t('OAuth')]),
    ...(integration.pat ? [short ? l10n.t('PAT') : l10n.t('personal access token')] : []),
  ];
  return methods.length === 0 ? l10n.t('no sign-in method') : methods.join(', ');
}

function themeIcon(id: string, color: string | undefined): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
