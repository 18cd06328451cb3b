import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { providerOf } from '../../inventory/providers.ts';
import { plainLine } from '../../api/plainLine.ts';
import { plural } from '../../platform/language.ts';
import { escapeMarkdown } from '../../platform/text.ts';
import { errorText } from '../../platform/errorText.ts';
import type { FailureNode, IntegrationNode, MoreNode, RunnerNode, TreeNode } from './nodes.ts';
import { enumText, phaseText, runnerKindText, runnerName, runnerProviderText } from './runnerText.ts';

/** The row of a node. Its tooltip is made when it is asked for: thousands of rows never show theirs. */
export function treeItemOf(node: TreeNode): TreeItem {
  switch (node.kind) {
    case 'runner':
      return runnerItem(node);
    case 'integration':
      return integrationItem(node);
    case 'failure':
      return failureItem(node);
    case 'more':
      return moreItem(node);
  }
}

function runnerItem(node: RunnerNode): TreeItem {
  const label = runnerName(node);
  const count = node.integrations.length;
  const hasChildren = count > 0 || node.failure !== undefined;
  const item = new TreeItem(
    label,
    hasChildren ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  const words = runnerWords(node);
  item.id = node.id;
  item.contextValue = 'runner';
  item.description = words.join(' · ');
  item.iconPath = runnerIcon(node);
  item.accessibilityInformation = { label: l10n.t('Runner {0}: {1}', label, words.join(', ')) };
  return item;
}

function integrationItem(node: IntegrationNode): TreeItem {
  const { integration } = node;
  const provider = providerOf(integration.scmId);
  const host = hostText(node);
  const item = new TreeItem(host, TreeItemCollapsibleState.None);
  const words = (short: boolean) => [
    ...(provider.name === '' ? [] : [plainLine(provider.name)]),
    signInMethods(node, short),
    ...(node.managed ? [l10n.t('managed by Ona')] : []),
  ];
  item.id = node.id;
  item.contextValue = 'integration';
  item.description = words(true).join(' · ');
  item.iconPath = themeIcon(provider.icon, provider.color);
  item.accessibilityInformation = {
    label: l10n.t('Integration {0}: {1}', host, words(false).join(', ')),
  };
  return item;
}

function failureItem({ id, error }: FailureNode): TreeItem {
  const item = new TreeItem(errorText(error), TreeItemCollapsibleState.None);
  item.id = id;
  item.contextValue = 'failure';
  item.iconPath = themeIcon('error', 'list.errorForeground');
  item.accessibilityInformation = {
    label: l10n.t('Could not be loaded: {0} Press Enter to retry.', errorText(error)),
  };
  return item;
}

function moreItem({ id, shown, of }: MoreNode): TreeItem {
  const item = new TreeItem(l10n.t('Show More'), TreeItemCollapsibleState.None);
  item.id = id;
  item.contextValue = 'more';
  item.description = l10n.t('{0} of {1} runners shown', shown, of);
  item.iconPath = themeIcon('ellipsis', undefined);
  item.accessibilityInformation = { label: l10n.t('Show more: {0} of {1} runners shown', shown, of) };
  return item;
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

function countWords({ integrations, integrationsPending, failure }: RunnerNode): string[] {
  const n = integrations.length;
  const count = plural(n, l10n.t('{0} integration', n), l10n.t('{0} integrations', n));
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

/** The card of a row. All text of the API is escaped; the only code-styled text is an id of harmless signs. */
export function tooltipOf(node: TreeNode): MarkdownString {
  switch (node.kind) {
    case 'runner':
      return runnerTooltip(node);
    case 'integration':
      return integrationTooltip(node);
    case 'failure':
      return card(
        l10n.t('The integrations could not be loaded'),
        [],
        escapeMarkdown(`${errorText(node.error)} ${l10n.t('Click to retry.')}`),
      );
    case 'more':
      return card(l10n.t('{0} of {1} runners shown', node.shown, node.of), []);
  }
}

function runnerTooltip(node: RunnerNode): MarkdownString {
  const { runner, role } = node;
  if (runner === undefined) {
    const why = l10n.t(
      'It is not in the list of runners: the API key may not see it, it was deleted meanwhile, or the list could not be loaded.',
    );
    return card(runnerName(node), [[l10n.t('Runner ID'), code(node.runnerId)]], why);
  }
  const rows: Row[] = [
    [l10n.t('Kind'), escapeMarkdown(runnerKindText(runner))],
    [l10n.t('Provider'), escapeMarkdown(runnerProviderText(runner))],
    [l10n.t('Region'), escapeMarkdown(runner.region)],
    [l10n.t('Version'), escapeMarkdown(runner.version)],
    [l10n.t('Phase'), role === 'local' ? '' : escapeMarkdown(enumText(runner.phase, 'RUNNER_PHASE_'))],
    [l10n.t('Message'), escapeMarkdown(runner.message)],
    [l10n.t('Runner ID'), code(runner.id)],
  ];
  const note =
    role === 'local'
      ? l10n.t('Configuration that all local runners of the organization share.')
      : role === 'managed'
        ? l10n.t('Operated by Ona.')
        : undefined;
  return card(runnerName(node), rows, note);
}

function integrationTooltip(node: IntegrationNode): MarkdownString {
  const { integration } = node;
  return card(
    hostText(node),
    [
      [l10n.t('Provider'), escapeMarkdown(providerOf(integration.scmId).name)],
      [l10n.t('Sign-in'), escapeMarkdown(signInMethods(node, false))],
      [l10n.t('OAuth client ID'), escapeMarkdown(integration.oauth?.clientId ?? '')],
      [l10n.t('Issuer URL'), escapeMarkdown(integration.oauth?.issuerUrl ?? '')],
      [l10n.t('Virtual directory'), escapeMarkdown(integration.virtualDirectory ?? '')],
      [l10n.t('Integration ID'), code(integration.id)],
    ],
    node.managed ? l10n.t('Managed by Ona: inherited, it cannot be changed.') : undefined,
  );
}

/** A label and its value as Markdown; a row without a value is left out. */
type Row = readonly [label: string, markdown: string];

function card(title: string, rows: readonly Row[], note?: string): MarkdownString {
  const lines = rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `| ${label.replaceAll(' ', '&nbsp;')} | ${value} |`);
  const table = lines.length === 0 ? '' : `\n\n| | |\n|:--|:--|\n${lines.join('\n')}`;
  return new MarkdownString(`**${escapeMarkdown(title)}**${table}${note === undefined ? '' : `\n\n${note}`}`);
}

function code(id: string): string {
  return /^[\w.:-]+$/.test(id) ? `\`${plainLine(id)}\`` : escapeMarkdown(id);
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
