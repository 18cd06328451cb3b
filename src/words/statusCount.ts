import * as l10n from '@vscode/l10n';
import type { Status } from '../inventory/statuses.ts';
import { plural } from './numbersAndDates.ts';

/** How many have a status, e.g. `2 need attention`. */
export function statusCount(status: Status, n: number): string {
  switch (status) {
    case 'broken':
      return plural(n, l10n.t('{0} is broken', n), l10n.t('{0} are broken', n));
    case 'attention':
      return plural(n, l10n.t('{0} needs attention', n), l10n.t('{0} need attention', n));
    case 'works':
      return plural(n, l10n.t('{0} works', n), l10n.t('{0} work', n));
    case 'unchecked':
      return plural(n, l10n.t('{0} is not checked', n), l10n.t('{0} are not checked', n));
  }
}
