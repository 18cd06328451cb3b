import { AccountFiles, type KeptFilesOptions } from '../inventory/accountFiles.ts';
import { ANSWER_LIFE_MS } from '../inventory/status.ts';
import { type AnswersOwner, answersText, type KeptAnswer, readAnswers } from './keptAnswer.ts';

export interface KeptAnswersOptions extends KeptFilesOptions {
  readonly now?: () => Date;
}

const FILES = { extension: '.answers', what: 'the answers of runners', maxAgeMs: ANSWER_LIFE_MS };

/** A later time is from a clock that was wrong. */
const MAX_AHEAD_MS = 60_000;

/**
 * What runners have answered in the last 24 hours about the integrations of each account, in a folder of the extension.
 * Several windows may show the same account, so answers are added to those of the others. Methods never reject: answers
 * that cannot be written or read are logged, and somebody has to ask again.
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  readonly #files: AccountFiles;

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
    this.#files = new AccountFiles(options, FILES);
  }

  /** @returns none if there are none of this owner, or the file is damaged */
  read(owner: AnswersOwner): Promise<readonly KeptAnswer[]> {
    return this.#files.read(owner, (content) => this.#answersIn(content, owner), []);
  }

  /**
   * Adds answers to those in the file, and deletes what is older than a day, whoever it belongs to. Of two answers
   * about the same integration, the later one is kept.
   */
  write(owner: AnswersOwner, answers: readonly KeptAnswer[]): Promise<void> {
    return this.#files.update(owner, (content) => {
      const latest = new Map<string, KeptAnswer>();
      for (const answer of [...this.#answersIn(content, owner), ...answers.filter(this.#isRecent)]) {
        const key = `${answer.kind} ${answer.key}`;
        const other = latest.get(key);
        if (other === undefined || other.at <= answer.at) {
          latest.set(key, answer);
        }
      }
      return answersText(owner, [...latest.values()]);
    });
  }

  /**
   * Forgets the answers of accounts.
   *
   * @param fingerprints `accountFingerprint` of each
   */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#files.forget(fingerprints);
  }

  #answersIn(content: string | undefined, owner: AnswersOwner): readonly KeptAnswer[] {
    const answers = content === undefined ? undefined : readAnswers(content, owner);
    return (answers ?? []).filter(this.#isRecent);
  }

  readonly #isRecent = ({ at }: KeptAnswer): boolean => {
    const age = (this.#options.now?.() ?? new Date()).getTime() - at.getTime();
    return age < ANSWER_LIFE_MS && age >= -MAX_AHEAD_MS;
  };
}
