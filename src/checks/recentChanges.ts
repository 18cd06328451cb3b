import type { ScmIntegration } from '../api/scmIntegrations.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import type { CompletedLoad } from '../inventory/inventory.ts';
import { askedAbout, keyOf } from './askedAbout.ts';

/** How long a runner may take to learn of a change, in milliseconds. */
const CHANGE_MS = 10 * 60_000;

/** Which integrations have changed lately, so that their runners may not know it yet. */
export class RecentChanges {
  /** When integrations were last seen as they were before a change, and first as they are now, by `refKey`. */
  readonly #changes = new Map<string, { readonly before: Date; readonly after: Date }>();

  /** Learns what a load has changed. */
  note({ before, after }: CompletedLoad): void {
    if (before === undefined) {
      return;
    }
    // Most are the same objects as before.
    const old = new Set(before.data.integrations);
    const fresh = new Set(after.data.integrations);
    const gone = new Map<string, ScmIntegration>();
    for (const integration of old) {
      if (!fresh.has(integration)) {
        gone.set(keyOf({ integration }), integration);
      }
    }
    for (const integration of fresh) {
      if (!old.has(integration)) {
        const key = keyOf({ integration });
        const last = gone.get(key);
        if (last === undefined || askedAbout({ integration: last }) !== askedAbout({ integration })) {
          this.#changes.set(key, { before: before.asOf, after: after.asOf });
        }
      }
    }
  }

  /** When an integration was last seen as it was before a change that its runner may not know at `at`. */
  before(entry: IntegrationEntry, at: Date): Date | undefined {
    const change = this.#changes.get(keyOf(entry));
    return change !== undefined && at.getTime() - change.after.getTime() < CHANGE_MS
      ? change.before
      : undefined;
  }
}
