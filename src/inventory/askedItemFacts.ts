import { type Disposable, Emitter } from '../base/event.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from './groups.ts';
import type { ItemFacts, RunnerAnswers } from './itemFacts.ts';
import type { ItemQuestions, ItemQuestionsOptions } from './itemQuestions.ts';
import type { SchemaAnswer } from './schemaAnswer.ts';
import type { Answers } from './statusFacts.ts';

export interface AskedItemFactsOptions extends ItemQuestionsOptions {
  readonly answers: RunnerAnswers;
}

/**
 * Facts about single items that the API is asked for when somebody wants to know. The code that asks is loaded with the
 * first question: most windows never have one.
 */
export class AskedItemFacts implements ItemFacts, Disposable {
  readonly #options: AskedItemFactsOptions;
  readonly #changed = new Emitter<void>();
  /**
   * Fires when a fact has arrived, or a failure, and when a change of session has made all of them void. Also once the
   * code that asks is loaded, so that whoever shows an item draws it again, and so asks again.
   */
  readonly onDidChange = this.#changed.event;
  readonly #listener: Disposable;
  #questions: ItemQuestions | undefined;
  #isLoading = false;
  #isDisposed = false;

  constructor(options: AskedItemFactsOptions) {
    this.#options = options;
    this.#listener = options.answers.onDidChange(() => this.#changed.fire());
  }

  /**
   * Asks what is not known yet about an item whose details are shown. May be called whenever they are drawn.
   *
   * @param runner the one that the item is or belongs to
   */
  ask(entry: ItemEntry, runner: RunnerEntry): void {
    if (this.#questions !== undefined) {
      this.#questions.ask(entry, runner);
    } else if (!this.#isLoading) {
      // Whoever draws the item again asks again, so what is asked in the meantime need not be kept.
      this.#isLoading = true;
      void this.#load();
    }
  }

  schemaOf(runnerId: string) {
    return this.#questions?.schemaOf(runnerId);
  }

  /** Call after `ask`. */
  schemaAnswer(runner: RunnerEntry): SchemaAnswer {
    return this.#questions?.schemaAnswer(runner) ?? { kind: 'loading' };
  }

  isKnownInherited(entry: IntegrationEntry): boolean {
    return this.#questions?.isKnownInherited(entry) ?? false;
  }

  answersOf(entry: IntegrationEntry): Answers {
    return this.#options.answers.answersOf(entry);
  }

  answeredAt(): readonly Date[] {
    return this.#options.answers.answeredAt();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listener.dispose();
    this.#questions?.dispose();
    this.#changed.dispose();
  }

  async #load(): Promise<void> {
    const { ItemQuestions } = await import('./itemQuestions.ts');
    if (!this.#isDisposed) {
      this.#questions = new ItemQuestions(this.#options);
      this.#questions.onDidChange(() => this.#changed.fire());
      this.#changed.fire();
    }
  }
}
