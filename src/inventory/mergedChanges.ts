import type { Change } from './changes.ts';

/** A change in the log of an account, which several windows may have seen. */
export interface LoggedChange {
  readonly change: Change;
  /** For each window that has seen it: the window's name and a number, e.g. `5f0c2a9e:3`. */
  readonly seenBy: readonly string[];
}

/** More are not kept. */
export const MAX_CHANGES = 500;

/** Milliseconds. A change has the time at which its load ended, but the list was read some time before. */
const SLACK_MS = 60_000;

/**
 * Adds the changes that one window has seen to those in the log. What two windows have seen is there once: the same
 * difference of the same item, if both can have seen it happen at the same time, and it was not undone in between. A
 * window itself sees every change once, so two of its own are never the same.
 *
 * @param own those that are in the log already are not added again
 * @returns the newest ones, newest first; those of one load in the order in which they were given
 */
export function mergedChanges(
  log: readonly LoggedChange[],
  own: readonly LoggedChange[],
): readonly LoggedChange[] {
  const merged = [...log];
  const known = new Set(log.flatMap(({ seenBy }) => seenBy));
  const places = new Map<string, number[]>();
  for (const [place, { change }] of log.entries()) {
    const key = subjectKey(change);
    places.set(key, [...(places.get(key) ?? []), place]);
  }
  for (const one of own) {
    if (one.seenBy.some((name) => known.has(name))) {
      continue;
    }
    const windows = one.seenBy.map(windowOf);
    const difference = differenceKey(one.change);
    const related = places.get(subjectKey(one.change)) ?? [];
    const last = Math.max(
      ...related
        .map((place) => merged[place]?.change.at.getTime() ?? 0)
        .filter((at) => at + SLACK_MS < one.change.at.getTime()),
    );
    const candidates = related.filter((place) => {
      const other = merged[place];
      return (
        other !== undefined &&
        differenceKey(other.change) === difference &&
        // Otherwise it was over by then.
        other.change.at.getTime() >= last &&
        overlap(other.change, one.change) &&
        !other.seenBy.some((name) => windows.includes(windowOf(name)))
      );
    });
    const distance = (place: number) =>
      Math.abs((merged[place]?.change.at.getTime() ?? 0) - one.change.at.getTime());
    const [nearest] = candidates.sort((a, b) => distance(a) - distance(b));
    const other = nearest === undefined ? undefined : merged[nearest];
    if (nearest === undefined || other === undefined) {
      merged.push(one);
    } else {
      merged[nearest] = both(other, one);
    }
  }
  return merged.sort((a, b) => b.change.at.getTime() - a.change.at.getTime()).slice(0, MAX_CHANGES);
}

/** Equal for changes of the same item that follow each other, such as one and what undoes it. */
export function subjectKey(change: Change): string {
  const what =
    'method' in change
      ? change.method
      : 'field' in change
        ? change.field
        : change.kind.replace(/Added$|Removed$/, '');
  return JSON.stringify([change.key, what]);
}

/** Equal for the same difference of the same item, whenever it was seen. */
export function differenceKey(change: Change): string {
  const values = Object.entries(change).filter(([name]) => DIFFERENCE.has(name));
  return JSON.stringify(values.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const DIFFERENCE: ReadonlySet<string> = new Set([
  'kind',
  'key',
  'byVisibility',
  'method',
  'isOn',
  'field',
  'old',
  'new',
]);

function windowOf(name: string): string {
  return name.slice(0, name.indexOf(':'));
}

/** Whether both changes can have happened at the same moment. */
function overlap(a: Change, b: Change): boolean {
  const start = Math.max(a.since.getTime(), b.since.getTime());
  return start <= Math.min(a.at.getTime(), b.at.getTime()) + SLACK_MS;
}

/** Combines what two windows have seen: the earlier `at`, and the later `since`. */
function both(a: LoggedChange, b: LoggedChange): LoggedChange {
  const at = a.change.at < b.change.at ? a.change.at : b.change.at;
  const latest = a.change.since < b.change.since ? b.change.since : a.change.since;
  const since = latest < at ? latest : at;
  return { change: { ...a.change, since, at }, seenBy: [...a.seenBy, ...b.seenBy] };
}
