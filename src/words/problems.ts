import * as l10n from '@vscode/l10n';
import type { ProblemCount } from '../inventory/groups.ts';
import type { Status } from '../inventory/statuses.ts';
import { plural } from './numbersAndDates.ts';

/** A problem as a part of a sentence; undefined if the status is none. */
export function problemWords(status: Status): string | undefined {
  switch (status) {
    case 'broken':
      return l10n.t('broken');
    case 'attention':
      return l10n.t('needs attention');
    case 'works':
    case 'unchecked':
      return undefined;
  }
}

/** How many have problems, e.g. `2 broken, 3 need attention`; empty if none has. */
export function problemsText({ broken, attention }: ProblemCount): string {
  return [
    ...(broken === 0 ? [] : [l10n.t('{0} broken', broken)]),
    ...(attention === 0
      ? []
      : [
          plural(
            attention,
            l10n.t('{0} needs attention', attention),
            l10n.t('{0} need attention', attention),
          ),
        ]),
  ].join(', ');
}

/** The same in a row, e.g. `5 problems`. */
export function problemCountText({ broken, attention }: ProblemCount): string {
  const count = broken + attention;
  return count === 0 ? '' : plural(count, l10n.t('{0} problem', count), l10n.t('{0} problems', count));
}
