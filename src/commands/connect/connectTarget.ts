import type { Connection } from '../../account/sessionState.ts';
import { type AccessCall, accessCallOf } from '../../checks/accessPlan.ts';
import type { CheckTarget } from '../../checks/askedAbout.ts';
import { findItem, findRunner } from '../../inventory/groups.ts';
import type { CommandParts } from '../command.ts';

/** What *Connect…* is about. */
export interface ConnectTarget extends CheckTarget {
  /** When this ends, so does the command. */
  readonly connection: Connection;
}

/** The call that asks about it as it is now; undefined if there is nobody to ask any more. */
export function currentCall(
  { groups }: CommandParts,
  { entry: { ref } }: ConnectTarget,
): AccessCall | undefined {
  const runner = findRunner(groups.runners, ref.runnerId);
  const entry = findItem(groups.runners, ref);
  return runner !== undefined && entry?.kind === 'integration' ? accessCallOf({ entry, runner }) : undefined;
}
