import type { Runner } from './api/runners.ts';
import type { ScmIntegration } from './api/scmIntegrations.ts';
import { isSameList } from './base/isSameList.ts';
import type { ExportedIntegration, ExportedRunner, InventorySnapshot } from './exportedApi.ts';
import { answersJson, statusJson } from './formats/statusJson.ts';
import type { RunnerEntry } from './inventory/groups.ts';
import type { InventoryData, InventoryState } from './inventory/model.ts';
import { type ItemStatus, UNCHECKED } from './inventory/statuses.ts';
import type { Answers } from './inventory/statusFacts.ts';
import { reasonWords } from './words/status.ts';

type Items = Pick<InventorySnapshot, 'runners' | 'integrations'>;

interface Grouped {
  readonly state: InventoryState;
  readonly runners: readonly RunnerEntry[];
}

interface Made {
  readonly status: ItemStatus;
  readonly answers: Answers | undefined;
  readonly item: unknown;
}

/** Runners and integrations with their statuses, frozen. One that has not changed stays the same object. */
export class ExportedItems {
  readonly #made = new WeakMap<Runner | ScmIntegration, Made>();
  #last: Grouped | undefined;

  /** Whether there is anything new since the last call: statuses are often derived again, and are mostly the same. */
  hasChanged({ state, runners }: Grouped): boolean {
    const last = this.#last;
    this.#last = { state, runners };
    return state !== last?.state || !isSameList(runners, last.runners);
  }

  /**
   * All items in the order of the API, which may repeat one.
   *
   * @param entries of the same state. Integrations whose runner is still to come have none
   */
  of({ runners, integrations }: InventoryData, entries: readonly RunnerEntry[]): Items {
    for (const { runner, status: ofRunner, integrations: own } of entries) {
      if (runner !== undefined) {
        this.#make(runner, ofRunner);
      }
      own.forEach(({ integration, status, answers }) => this.#make(integration, status, answers));
    }
    const itemOf = (value: Runner | ScmIntegration) => this.#made.get(value) ?? this.#make(value, UNCHECKED);
    return {
      runners: Object.freeze(runners.map((runner) => itemOf(runner).item as ExportedRunner)),
      integrations: Object.freeze(
        integrations.map((integration) => itemOf(integration).item as ExportedIntegration),
      ),
    };
  }

  #make(value: Runner | ScmIntegration, status: ItemStatus, answers?: Answers): Made {
    const last = this.#made.get(value);
    if (last?.status === status && last.answers === answers) {
      return last;
    }
    const item = Object.freeze({ ...value, ...statusJson(status, reasonWords), ...answersJson(answers) });
    const made = { status, answers, item };
    this.#made.set(value, made);
    return made;
  }
}
