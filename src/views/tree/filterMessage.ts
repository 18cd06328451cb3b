import * as l10n from '@vscode/l10n';
import { plainLine } from '../../base/plainLine.ts';
import { withProblemsTerm } from '../../inventory/problemsTerm.ts';
import { plural } from '../../words/numbersAndDates.ts';
import type { Count, TreeLayout } from './treeLayout.ts';

export type FilteredCounts = Pick<TreeLayout, 'filter' | 'integrations' | 'runners' | 'matches'>;

/** How many rows match the filter; undefined if there is none, or nothing to filter. */
export function filterMessage({
  filter,
  integrations,
  runners,
  matches,
}: FilteredCounts): string | undefined {
  if (filter === undefined || runners.of === 0) {
    return undefined;
  }
  if (matches !== undefined && filter.text === withProblemsTerm('')) {
    return problemsMessage(matches);
  }
  const text = plainLine(filter.text, 60);
  if (runners.shown === 0) {
    return l10n.t('Nothing matches "{0}"', text);
  }
  if (integrations.shown === 0 && matches === undefined) {
    const { shown, of } = runners;
    return plural(
      shown,
      l10n.t('{0} of {1} runners matches "{2}"', shown, of, text),
      l10n.t('{0} of {1} runners match "{2}"', shown, of, text),
    );
  }
  const { shown, of } = matches ?? integrations;
  return plural(
    shown,
    l10n.t('{0} of {1} matches "{2}"', shown, of, text),
    l10n.t('{0} of {1} match "{2}"', shown, of, text),
  );
}

function problemsMessage({ shown, of }: Count): string {
  return shown === 0
    ? plural(
        of,
        l10n.t('No known problems: 0 of {0} row. Choose "Show All" to see it.', of),
        l10n.t('No known problems: 0 of {0} rows. Choose "Show All" to see them.', of),
      )
    : plural(
        shown,
        l10n.t('{0} of {1} rows has a problem', shown, of),
        l10n.t('{0} of {1} rows have problems', shown, of),
      );
}
