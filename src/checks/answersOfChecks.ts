import type { Subject } from '../api/identity.ts';
import type { Answers } from '../inventory/statusFacts.ts';
import type { ItemChecks } from './checkState.ts';

/** What a status follows from: the same object as long as nothing changes, because statuses are derived again and again. */
export class AnswersOfChecks {
  readonly #known = new WeakMap<
    ItemChecks,
    { readonly subjectId: string | undefined; readonly answers: Answers }
  >();

  /** @param subject the owner of the key; undefined if that is not known */
  of(checks: ItemChecks, subject: Subject | undefined): Answers {
    const known = this.#known.get(checks);
    if (known !== undefined && known.subjectId === subject?.id) {
      return known.answers;
    }
    const { access, validation } = checks;
    const answers: Answers = {
      ...(access.lastAnswer && {
        access: { ...access.lastAnswer.result, at: access.lastAnswer.at, ...(subject && { subject }) },
      }),
      ...(validation.lastAnswer && {
        validation: { ...validation.lastAnswer.result, at: validation.lastAnswer.at },
      }),
    };
    this.#known.set(checks, { subjectId: subject?.id, answers });
    return answers;
  }
}
