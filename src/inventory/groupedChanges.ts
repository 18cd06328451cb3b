import type { Change, ChangedRunner } from './changes.ts';

/** Several runners that went from one version to another, one soon after the other. */
export interface RollOut {
  readonly kind: 'rollOut';
  /** Two or more. */
  readonly runners: readonly ChangedRunner[];
  readonly old: string;
  readonly new: string;
  /** When all of them were last seen with the old version. */
  readonly since: Date;
  /** When the last one was seen with the new version. */
  readonly at: Date;
}

/** What is said in one line. */
export type ChangeLine = Change | RollOut;

/** Changes that follow each other within so many milliseconds belong to the same roll-out. */
const MAX_PAUSE_MS = 3_600_000;

/**
 * @param changes newest first
 * @returns the changes in their order, with one line for each roll-out at the place of its first change
 */
export function groupedChanges(changes: readonly Change[]): readonly ChangeLine[] {
  const rollOuts = new Map<Change, Change[]>();
  const last = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.kind === 'versionChanged') {
      const key = JSON.stringify([change.old, change.new]);
      const group = last.get(key);
      const rollOut = group !== undefined && isSameRollOut(group, change) ? group : [];
      rollOut.push(change);
      last.set(key, rollOut);
      rollOuts.set(change, rollOut);
    }
  }
  return changes.flatMap((change): readonly ChangeLine[] => {
    const all = rollOuts.get(change) ?? [];
    if (change.kind !== 'versionChanged' || all.length < 2) {
      return [change];
    }
    const { old, new: current, at } = change;
    const runners = all.map(({ runner }) => runner);
    const since = all.reduce((earliest, one) => (one.since < earliest ? one.since : earliest), change.since);
    return all[0] === change ? [{ kind: 'rollOut', runners, old, new: current, since, at }] : [];
  });
}

/** While there are live updates, runners are read one after the other. */
function isSameRollOut(group: readonly Change[], { key, at }: Change): boolean {
  const before = group.at(-1)?.at ?? at;
  return before.getTime() - at.getTime() <= MAX_PAUSE_MS && !group.some((one) => one.key === key);
}
