import type { ItemRef } from './itemRef.ts';
import type { LeftOutItem, LeftOutItems } from './model.ts';

/** @returns whether an item may be one of those left out, as far as they could be read */
export function leftOutTest(leftOut: LeftOutItems | undefined): (ref: ItemRef) => boolean {
  // A runner is left out only if its id cannot be read.
  const hasRunners = (leftOut?.runners.length ?? 0) > 0;
  const keys = new Set(leftOut?.integrations.map(keyOf));
  return (ref) => {
    if (ref.kind === 'runner') {
      return hasRunners;
    }
    const { id, runnerId } = ref;
    return (
      keys.size > 0 && [{ id, runnerId }, { id }, { runnerId }, {}].some((known) => keys.has(keyOf(known)))
    );
  };
}

/** Empty and unread are the same: `LeftOut` has neither. */
function keyOf({ id = '', runnerId = '' }: Partial<Pick<LeftOutItem, 'id' | 'runnerId'>>): string {
  return JSON.stringify([id, runnerId]);
}
