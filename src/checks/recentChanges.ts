import { differenceSteps } from '../base/differenceSteps.ts';
import { runInSlices } from '../base/slices.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import type { CompletedLoad } from '../inventory/model.ts';
import { askedAbout, keyOf } from './askedAbout.ts';

/** How long a runner may take to learn of a change, in milliseconds. */
const CHANGE_MS = 10 * 60_000;

/** Which integrations have changed lately, so that their runners may not know it yet. */
export class RecentChanges {
  /** When integrations were last seen as they were before a change, and first as they are now, by `refKey`. */
  readonly #changes = new Map<string, { readonly before: Date; readonly after: Date }>();

  /** Learns what a load has changed. */
  note({ before, after, at }: CompletedLoad): void {
    if (before === undefined) {
      return;
    }
    // At once if there are few, so that no answer is shown as if nothing had changed.
    runInSlices(differenceSteps(before.data.integrations, after.data.integrations), {
      done: ({ gone, fresh }) => {
        const old = new Map(gone.map((integration) => [keyOf({ integration }), integration]));
        for (const integration of fresh) {
          const key = keyOf({ integration });
          const last = old.get(key);
          if (last === undefined || askedAbout({ integration: last }) !== askedAbout({ integration })) {
            this.#changes.set(key, { before: before.asOf, after: at });
          }
        }
      },
      failed: (error) => {
        throw error;
      },
    });
  }

  /** When an integration was last seen as it was before a change that its runner may not know at `at`. */
  before(entry: IntegrationEntry, at: Date): Date | undefined {
    const change = this.#changes.get(keyOf(entry));
    return change !== undefined && at.getTime() - change.after.getTime() < CHANGE_MS
      ? change.before
      : undefined;
  }
}
