import type { ProblemCount } from '../../inventory/groups.ts';
import { isProblem, type ItemStatus, type Status, worse } from '../../inventory/statuses.ts';

/** What a row with rows under it says of their statuses. */
export interface RowsSummary {
  readonly worst: Status;
  /** How many of the rows under it have reasons of their own. */
  readonly problems: ProblemCount;
}

/** @param own the status of the row itself; `works` if it has none */
export function summaryOf(
  below: readonly { readonly status: ItemStatus }[],
  own: Status = 'works',
): RowsSummary {
  let worst = own;
  const problems = { broken: 0, attention: 0 };
  for (const { status } of below) {
    worst = worse(worst, status.own);
    if (isProblem(status.own)) {
      problems[status.own]++;
    }
  }
  return { worst, problems };
}
