import { AnswerKeeper } from './answerKeeper.ts';
import type { ChecksOptions } from './checks.ts';
import { CheckStore } from './checkStore.ts';

/** What runners have answered in this window, and in earlier ones. */
export class KeptCheckStore extends CheckStore {
  readonly #keeper: AnswerKeeper;

  constructor({ session, inventory, kept }: ChecksOptions) {
    super({ session });
    this.#keeper = new AnswerKeeper({ session, store: this, kept });
    inventory.onDidComplete((load) => this.noteChanges(load));
  }

  /**
   * Deletes the answers of accounts that were signed out.
   *
   * @param fingerprints `accountFingerprint` of each
   */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#keeper.forget(fingerprints);
  }

  override dispose(): void {
    this.#keeper.dispose();
    super.dispose();
  }
}
