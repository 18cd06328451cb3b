import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import { providerOf } from '../../inventory/providers.ts';
import { plural } from '../../platform/language.ts';
import type { Filter, FilterField, Found } from './filter.ts';
import type { IntegrationNode, RunnerNode, TreeNode } from './nodes.ts';
import {
  failureRow,
  groupRow,
  integrationCount,
  moreRow,
  restRow,
  type Row,
  type RowIcon,
} from './rowParts.ts';
import { phaseText, runnerName } from './runnerText.ts';

/**
 * The row of a node.
 *
 * @param filter what it is there for: what it has found stands out, or is named
 */
export function rowOf(node: TreeNode, filter?: Filter): Row {
  switch (node.kind) {
    case 'runner':
      return runnerRow(node, filter);
    case 'integration':
      return integrationRow(node, filter);
    case 'group':
      return groupRow(node, filter);
    case 'rest':
      return restRow(node);
    case 'failure':
      return failureRow(node);
    case 'more':
      return moreRow(node);
  }
}

function runnerRow(node: RunnerNode, filter: Filter | undefined): Row {
  const label = runnerName(node);
  const own = runnerWords(node);
  const words =
    filter === undefined ? own : [...own, ...foundElsewhere(filter.found(undefined, node), [label, ...own])];
  return {
    label,
    ...(filter !== undefined && { highlights: filter.ranges(label, 'runner') }),
    words,
    sentence: l10n.t('Runner {0}: {1}', label, words.join(', ')),
    icon: runnerIcon(node),
    contextValue: 'runner',
  };
}

function integrationRow(node: IntegrationNode, filter: Filter | undefined): Row {
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
  const name = isOfHost ? l10n.t('{0} on {1}', host, runner) : host;
  return {
    label,
    ...(filter !== undefined && { highlights: filter.ranges(label, isOfHost ? 'runner' : 'host') }),
    words: [...words(true), ...named],
    sentence: l10n.t('Integration {0}: {1}', name, [...words(false), ...named].join(', ')),
    icon: isOfHost ? runnerIcon(under.runner) : { id: provider.icon, color: provider.color },
    contextValue: 'integration',
  };
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

export function runnerIcon({ runner, role }: RunnerNode): RowIcon {
  if (role === 'unknown') {
    return icon('question', 'disabledForeground');
  }
  if (role === 'local') {
    return icon('home', undefined);
  }
  switch (runner?.phase) {
    case 'RUNNER_PHASE_ACTIVE':
      return icon(role === 'managed' ? 'cloud' : 'vm-active', 'charts.green');
    case 'RUNNER_PHASE_DEGRADED':
      return icon('warning', 'list.warningForeground');
    case 'RUNNER_PHASE_DELETING':
    case 'RUNNER_PHASE_DELETED':
      return icon('trash', 'disabledForeground');
    default:
      return icon(role === 'managed' ? 'cloud' : 'vm-outline', 'disabledForeground');
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

function icon(id: string, color: string | undefined): RowIcon {
  return { id, color };
}
