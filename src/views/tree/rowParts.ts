import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import { errorTexts } from '../../words/errorTexts.ts';
import { integrationCount } from '../../words/integrations.ts';
import type { Icon } from '../runnerIcon.ts';
import { problemCountText, problemsText } from '../../words/problems.ts';
import { runnerCount } from '../../words/runners.ts';
import type { Status } from '../../inventory/statuses.ts';
import type { Filter, TextRange } from '../../inventory/filter.ts';
import type { FailureNode, GroupNode, MoreNode, RunnersWithoutIntegrationsNode } from './nodes.ts';

/** What a row of the tree shows, in the user's language. */
export interface Row {
  readonly label: string;
  /** Parts of the label that match the filter. */
  readonly highlights?: TextRange[];
  /** Shown after the label. */
  readonly words: readonly string[];
  /** The text for screen readers. */
  readonly sentence: string;
  readonly icon: Icon;
  /** How the row is decorated; absent if it is not. */
  readonly mark?: Mark | undefined;
  /** Selects its menu entries in the manifest. */
  readonly contextValue: string;
}

/** A problem, a proof, or an integration that cannot be used now because its runner is offline. */
export type Mark = Exclude<Status, 'unchecked'> | 'runnerOffline';

/** What is unchecked has none. */
export function markOf(status: Status): Mark | undefined {
  return status === 'unchecked' ? undefined : status;
}

/*
 * Rows other than those of runners and integrations.
 */

export function groupRow(node: GroupNode, filter: Filter | undefined): Row {
  const label = groupName(node);
  const count = integrationCount(node.integrations.length);
  const { worst, problems } = node.summary;
  const sentence = [...nonEmpty(problemsText(problems)), count].join(', ');
  const [first] = node.integrations;
  const { icon = '', color } = first?.entry.provider ?? {};
  return {
    label,
    ...(filter !== undefined && { highlights: filter.ranges(label, node.grouping) }),
    words: [...nonEmpty(problemCountText(problems)), count],
    sentence:
      node.grouping === 'provider'
        ? l10n.t('Provider {0}: {1}', label, sentence)
        : l10n.t('Host {0}: {1}', label, sentence),
    icon: { id: icon, color },
    mark: markOf(worst),
    contextValue: 'group',
  };
}

export function withoutIntegrationsRow(node: RunnersWithoutIntegrationsNode): Row {
  const label = runnersName(node);
  const n = node.runners.length;
  const count = runnerCount(n);
  const { worst, problems } = node.summary;
  return {
    label,
    words: [...nonEmpty(problemCountText(problems)), count],
    sentence: l10n.t('{0}: {1}', label, [...nonEmpty(problemsText(problems)), count].join(', ')),
    icon: keepsOthers(node)
      ? { id: 'vm', color: undefined }
      : { id: 'circle-slash', color: 'disabledForeground' },
    mark: markOf(worst),
    contextValue: 'runnersWithoutIntegrations',
  };
}

export function failureRow({ error }: FailureNode): Row {
  const text = errorTexts().errorText(error);
  return {
    label: text,
    words: [],
    sentence: l10n.t('The integrations could not be loaded. {0} Press Enter to retry.', text),
    icon: { id: 'error', color: 'list.errorForeground' },
    contextValue: 'failure',
  };
}

export function moreRow(node: MoreNode): Row {
  return {
    label: l10n.t('Show More'),
    words: [moreText(node)],
    sentence: l10n.t('Show more: {0}', moreText(node)),
    icon: { id: 'ellipsis', color: undefined },
    contextValue: 'more',
  };
}

/** A text, unless there is nothing to say. */
export function nonEmpty(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : [text];
}

/** The name of a group, or a substitute if it has none. */
export function groupName({ grouping, name }: GroupNode): string {
  return plainLine(name) || (grouping === 'provider' ? l10n.t('Unknown provider') : l10n.t('(no host)'));
}

/** The name of the group of runners that are in no other. */
export function runnersName(node: RunnersWithoutIntegrationsNode): string {
  return keepsOthers(node) ? l10n.t('Runners') : l10n.t('Without integrations');
}

/** Whether a runner in the group has integrations. A filter by status can keep a runner without them. */
export function keepsOthers({ runners }: RunnersWithoutIntegrationsNode): boolean {
  return runners.some(
    ({ entry }) => entry.integrations.length > 0 && entry.error === undefined && entry.leftOut === 0,
  );
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
