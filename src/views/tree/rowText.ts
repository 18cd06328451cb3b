import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import type { ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { plural } from '../../words/numbersAndDates.ts';
import type { Filter, FilterField, Found } from '../../inventory/filter.ts';
import { hostText, integrationCount, providerText, signInMethods } from '../../words/integrations.ts';
import { problemCountText, problemsText, problemWords } from '../../words/problems.ts';
import { reasonWords, statusWords } from '../../words/status.ts';
import { runnerIcon } from '../runnerIcon.ts';
import { integrationWords } from './integrationWords.ts';
import type { IntegrationNode, RunnerNode, TreeNode } from './nodes.ts';
import {
  failureRow,
  groupRow,
  markOf,
  moreRow,
  nonEmpty,
  type Row,
  withoutIntegrationsRow,
} from './rowParts.ts';
import { unreadIntegrations } from '../../words/leftOut.ts';
import { phaseText, runnerName } from '../../words/runners.ts';

/**
 * The row of a node.
 *
 * @param filter what it found is highlighted in the label, or added to the words after it
 * @param news what the row says of a change that nobody has looked at yet; empty if there is none
 */
export function rowOf(node: TreeNode, filter?: Filter, news = ''): Row {
  switch (node.kind) {
    case 'runner':
      return runnerRow(node, filter, news);
    case 'integration':
      return integrationRow(node, filter, news);
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
    ? runnerRow({ entry, shown: entry.integrations, summary: entry })
    : integrationRow({ entry });
}

function runnerRow(node: Pick<RunnerNode, 'entry' | 'shown' | 'summary'>, filter?: Filter, news = ''): Row {
  const { entry, summary } = node;
  const label = runnerName(entry);
  const named =
    filter === undefined
      ? []
      : foundElsewhere(filter.found(undefined, entry), [label, ...runnerWords(node, true, news)]);
  const sentence = [
    ...nonEmpty(problemWords(entry.status.own)),
    ...runnerWords(node, false, ''),
    ...named,
    ...nonEmpty(news),
  ];
  return {
    label,
    ...(filter !== undefined && { highlights: filter.ranges(label, 'runner') }),
    words: [...runnerWords(node, true, news), ...named],
    sentence: l10n.t('Runner {0}: {1}', label, sentence.join(', ')),
    icon: runnerIcon(entry),
    mark: markOf(summary.worst),
    contextValue: 'runner',
  };
}

/** @param node without a runner if the row stands on its own */
function integrationRow(
  {
    entry,
    runner,
    under,
  }: Pick<IntegrationNode, 'entry' | 'under'> & Partial<Pick<IntegrationNode, 'runner'>>,
  filter?: Filter,
  news = '',
): Row {
  const { provider, status } = entry;
  const host = hostText(entry);
  const owner = under && runner;
  const isOfHost = under?.grouping === 'host' && owner !== undefined;
  const ownerName = owner && runnerName(owner);
  const label = isOfHost ? (ownerName ?? '') : host;
  const own = integrationWords(entry, runner);
  // What is wrong comes first: a narrow sidebar cuts off the end.
  const words = (short: boolean) => [
    ...own.problems,
    ...(short ? nonEmpty(news) : []),
    ...(owner?.phase === undefined || own.isOffline ? [] : nonEmpty(phaseText(owner.phase))),
    // The sentence has it in the name.
    ...(short && under?.isVariant === true ? [host] : []),
    ...(ownerName !== undefined && !isOfHost ? [l10n.t('on {0}', ownerName)] : []),
    ...(under?.grouping === 'provider' || provider.name === '' ? [] : [providerText(entry)]),
    ...(own.hasMethods ? [signInMethods(entry, short)] : []),
    ...nonEmpty(own.manager),
  ];
  const named =
    filter === undefined
      ? []
      : foundElsewhere(
          filter.found(entry, owner).filter(({ field }) => field !== under?.grouping),
          [label, ownerName ?? '', ...words(true), ...words(false)],
        );
  const name = isOfHost ? l10n.t('{0} on {1}', host, label) : host;
  const rest = [...named, ...nonEmpty(own.notSignedIn)];
  return {
    label,
    ...(filter !== undefined && { highlights: filter.ranges(label, isOfHost ? 'runner' : 'host') }),
    words: [...words(true), ...rest],
    sentence: l10n.t(
      'Integration {0}: {1}',
      name,
      [...nonEmpty(problemWords(status.own)), ...words(false), ...rest, ...nonEmpty(news)].join(', '),
    ),
    icon: isOfHost ? runnerIcon(owner) : { id: provider.icon, color: provider.color },
    mark: status.own === 'unchecked' && own.isOffline ? 'runnerOffline' : markOf(status.own),
    contextValue: 'integration',
  };
}

/** What a filter has found, unless the row shows it anyway, as it always does with sign-in methods. */
function foundElsewhere(found: readonly Found[], shown: readonly string[]): string[] {
  const all = shown.join('\n').toLowerCase();
  return found
    .filter(({ field, value }) => field !== 'auth' && !all.includes(plainLine(value).toLowerCase()))
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
    case 'status':
    case 'phase':
      return value;
  }
}

/**
 * The words after the name of a runner: what is wrong first. They include the phase only if it is not the normal one.
 */
function runnerWords(
  { entry, shown, summary: { problems } }: Pick<RunnerNode, 'entry' | 'shown' | 'summary'>,
  short: boolean,
  news: string,
): string[] {
  const { phase, role, status } = entry;
  const counts = countWords(entry, shown.length);
  const shared = role === 'local' ? [l10n.t('shared')] : [];
  const isAllKnown = entry.isComplete && entry.leftOut === 0;
  const words = [
    ...(entry.error === undefined ? [] : [l10n.t('could not be loaded')]),
    ...nonEmpty(statusWords(status)),
    ...nonEmpty(short ? problemCountText(problems) : problemsText(problems)),
    ...(phase === undefined ? [] : nonEmpty(phaseText(phase))),
    ...nonEmpty(news),
    ...(isAllKnown ? [...shared, ...counts] : [...counts, ...shared]),
    ...(role === 'managed' ? [l10n.t('managed by Ona')] : []),
  ];
  // A phase may be a reason too.
  return [...new Set(words)];
}

function countWords(
  { integrations: { length: all }, usesShared, isComplete, error, leftOut, status: { reasons } }: RunnerEntry,
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
  if (shown > 0 || (all > 0 && leftOut === 0)) {
    return [...unread, isComplete ? count : l10n.t('{0} so far', count)];
  }
  if (leftOut > 0) {
    return unread;
  }
  if (!isComplete) {
    return [l10n.t('integrations not loaded')];
  }
  if (usesShared) {
    return [l10n.t('uses the shared local configuration')];
  }
  const lacking = reasons.find(({ code }) => code === 'noIntegrations');
  return [lacking === undefined ? l10n.t('no integrations') : reasonWords(lacking)];
}
