import type { Change, ChangedRunner } from './changes.ts';

/** Several runners that went from one version to another between the same two loads. */
export interface RollOut {
  readonly kind: 'rollOut';
  /** Two or more. */
  readonly runners: readonly ChangedRunner[];
  readonly old: string;
  readonly new: string;
  readonly since: Date;
  readonly at: Date;
}

/** What is said in one line. */
export type ChangeLine = Change | RollOut;

/** @returns the changes in their order, with one line for each roll-out at the place of its first change */
export function groupedChanges(changes: readonly Change[]): readonly ChangeLine[] {
  const rollOuts = new Map<string, Change[]>();
  for (const change of changes) {
    const key = rollOutKey(change);
    if (key !== undefined) {
      rollOuts.set(key, [...(rollOuts.get(key) ?? []), change]);
    }
  }
  return changes.flatMap((change): readonly ChangeLine[] => {
    const all = rollOuts.get(rollOutKey(change) ?? '') ?? [];
    if (change.kind !== 'versionChanged' || all.length < 2) {
      return [change];
    }
    const { old, new: current, since, at } = change;
    const runners = all.map(({ runner }) => runner);
    return all[0] === change ? [{ kind: 'rollOut', runners, old, new: current, since, at }] : [];
  });
}

function rollOutKey(change: Change): string | undefined {
  return change.kind === 'versionChanged' ? JSON.stringify([change.at, change.old, change.new]) : undefined;
}
