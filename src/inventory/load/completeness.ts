import type { Runner } from '../../api/runners.ts';
import type { OnaApiError } from '../../api/transport/errors.ts';
import type { InventoryData, LeftOutItems } from '../model.ts';

/** Tracks how complete a load is: whose integrations have arrived, whose failed, and what is still missing. */
export class Completeness {
  readonly #previous: InventoryData;
  /** All runners known before, listed or not. */
  #previousRunners: ReadonlySet<string> = new Set();
  /** Of these, those whose integrations were complete. */
  #previouslyComplete: ReadonlySet<string> = new Set();
  /** Runners whose integrations have all arrived in this load. */
  readonly #loaded = new Set<string>();
  readonly #failed: Map<string, OnaApiError>;
  #areIntegrationsRead = false;
  #areRunnersRead = false;
  #hasChanged = false;
  #last: InventoryData;

  constructor(previous: InventoryData) {
    this.#previous = this.#last = previous;
    this.#failed = new Map(previous.runnerErrors);
  }

  setPreviousRunners(ids: ReadonlySet<string>): void {
    const { completeRunnerIds } = this.#previous;
    this.#previousRunners = ids;
    // The integrations of one that was gone since then went with it.
    this.#previouslyComplete = completeRunnerIds
      ? new Set([...completeRunnerIds].filter((id) => ids.has(id)))
      : ids;
  }

  /** Call when no more runners will arrive: the list has been read, or cannot be. */
  setRunnersRead(): void {
    this.#areRunnersRead = true;
    this.#hasChanged ||= this.#last.isRunnerListPartial === true;
  }

  setIntegrationsRead(): void {
    this.#areIntegrationsRead = true;
    this.#hasChanged ||= this.#last.completeRunnerIds !== undefined || this.#failed.size > 0;
    this.#failed.clear();
  }

  setLoaded(runnerId: string): void {
    this.#loaded.add(runnerId);
    const hadFailed = this.#failed.delete(runnerId);
    this.#hasChanged ||= hadFailed || this.#last.completeRunnerIds !== undefined;
  }

  setFailed(runnerId: string, error: OnaApiError): void {
    this.#failed.set(runnerId, error);
    this.#hasChanged = true;
  }

  /** Whether all integrations of these runners have arrived in this load. */
  isLoaded(runners: readonly Runner[]): boolean {
    return runners.every(({ id }) => this.#loaded.has(id));
  }

  /** The data with these lists; the same object as last time if nothing has changed. */
  dataOf(
    { runners, integrations }: Pick<InventoryData, 'runners' | 'integrations'>,
    leftOut: LeftOutItems | undefined,
  ): InventoryData {
    const last = this.#last;
    if (
      this.#hasChanged ||
      runners !== last.runners ||
      integrations !== last.integrations ||
      leftOut !== last.leftOut
    ) {
      this.#hasChanged = false;
      const marks = this.#marks(runners);
      this.#last = Object.freeze({ runners, integrations, ...marks, ...(leftOut && { leftOut }) });
    }
    return this.#last;
  }

  #marks(runners: readonly Runner[]): Omit<InventoryData, 'runners' | 'integrations' | 'leftOut'> {
    const isComing = this.#previous.runners.length === 0 && runners.length > 0 && !this.#areRunnersRead;
    const isPartial =
      !this.#areIntegrationsRead &&
      (this.#previous.completeRunnerIds !== undefined ||
        runners.some(({ id }) => !this.#previousRunners.has(id)));
    return {
      ...(isPartial && { completeRunnerIds: new Set([...this.#previouslyComplete, ...this.#loaded]) }),
      ...(isComing && { isRunnerListPartial: true }),
      ...(this.#failed.size > 0 && { runnerErrors: new Map(this.#failed) }),
    };
  }
}
