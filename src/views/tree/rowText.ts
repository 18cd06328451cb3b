import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { plural } from '../../words/numbersAndDates.ts';
import type { Filter, FilterField, Found } from '../../inventory/filter.ts';
import { hostText, integrationCount, providerText, signInMethods } from '../../words/integrations.ts';
import { runnerIcon } from '../runnerIcon.ts';
import type { IntegrationNode, TreeNode } from './nodes.ts';
import { failureRow, groupRow, moreRow, withoutIntegrationsRow, type Row } from './rowParts.ts';
import { unreadIntegrations } from '../../words/leftOut.ts';
import { phaseText, runnerName } from '../../words/runners.ts';

/**
 * The row of a node.
 *
 * @param filter what it found is highlighted in the label, or added to the words after it
 */
export function rowOf(node: TreeNode, filter?: Filter): Row {
  switch (node.kind) {
    case 'runner':
      return runnerRow(node.entry, node.shown.length, filter);
    case 'integration':
      return integrationRow(node.entry, node.under, filter);
    case 'group':
      return groupRow(node, filter);
    case 'runnersWithoutIntegrations':
      return withoutIntegrationsRow(node);
    case 'failure':
      return failureRow(node);
    case 'more':
      return moreRow(node);
  }
}

/** The row of a runner or an integration on its own, as in a quick pick. */
export function itemRow(entry: ItemEntry): Row {
  return entry.kind === 'runner'
    ? runnerRow(entry, entry.integrations.length)
    : integrationRow(entry, undefined);
}

/** @param shown number of integrations under it */
function runnerRow(entry: RunnerEntry, shown: number, filter?: Filter): Row {
  const label = runnerName(entry);
  const own = runnerWords(entry, shown);
  const words =
    filter === undefined ? own : [...own, ...foundElsewhere(filter.found(undefined, entry), [label, ...own])];
  return {
    label,
    ...(filter !== undefined && { highlights: filter.ranges(label, 'runner') }),
    words,
    sentence: l10n.t('Runner {0}: {1}', label, words.join(', ')),
    icon: runnerIcon(entry),
    contextValue: 'runner',
  };
}

function integrationRow(entry: IntegrationEntry, under: IntegrationNode['under'], filter?: Filter): Row {
  const { provider, managed } = entry;
  const host = hostText(entry);
  const runner = under && runnerName(under.runner);
  const isOfHost = under?.grouping === 'host' && runner !== undefined;
  const label = isOfHost ? runner : host;
  const phase = under?.runner.phase === undefined ? undefined : phaseText(under.runner.phase);
  const isUsable = entry.integration.oauth !== undefined || entry.integration.pat;
  // What is wrong comes first: a narrow sidebar cuts off the end.
  const words = (short: boolean) => [
    ...(isUsable ? [] : [signInMethods(entry, short)]),
    ...(phase === undefined ? [] : [phase]),
    // The sentence has it in the name.
    ...(short && under?.isVariant === true ? [host] : []),
    ...(runner !== undefined && !isOfHost ? [l10n.t('on {0}', runner)] : []),
    ...(under?.grouping === 'provider' || provider.name === '' ? [] : [providerText(entry)]),
    ...(isUsable ? [signInMethods(entry, short)] : []),
    ...(managed ? [l10n.t('managed by Ona')] : []),
  ];
  const named =
    filter === undefined
      ? []
      : foundElsewhere(
          filter.found(entry, under?.runner).filter(({ field }) => field !== under?.grouping),
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

/** What a filter has found, unless the row shows it anyway. */
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

/** The words after the name of a runner: what is wrong first. They include the phase only if it is not the normal one. */
function runnerWords(entry: RunnerEntry, shown: number): string[] {
  const { phase, role } = entry;
  const phaseWords = phase === undefined ? undefined : phaseText(phase);
  const counts = countWords(entry, shown);
  const shared = role === 'local' ? [l10n.t('shared')] : [];
  const isAllKnown = entry.isComplete && entry.leftOut === 0;
  return [
    ...(entry.error === undefined ? [] : [l10n.t('could not be loaded')]),
    ...(phaseWords === undefined ? [] : [phaseWords]),
    ...(isAllKnown ? [...shared, ...counts] : [...counts, ...shared]),
    ...(role === 'managed' ? [l10n.t('managed by Ona')] : []),
  ];
}

function countWords(
  { integrations: { length: all }, isComplete, error, leftOut }: RunnerEntry,
  shown: number,
): string[] {
  const count =
    shown === all
      ? integrationCount(all)
      : plural(
          all,
          l10n.t('{0} of {1} integration', shown, all),
          l10n.t('{0} of {1} integrations', shown, all),
        );
  if (error !== undefined) {
    return shown === 0 ? [] : [count];
  }
  const unread = leftOut === 0 ? [] : [unreadIntegrations(leftOut)];
  if (shown > 0) {
    return [...unread, isComplete ? count : l10n.t('{0} so far', count)];
  }
  if (leftOut > 0) {
    return unread;
  }
  return [isComplete ? l10n.t('no integrations') : l10n.t('integrations not loaded')];
}
