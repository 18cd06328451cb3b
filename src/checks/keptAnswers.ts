import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { accountFingerprint, accountId } from '../account/account.ts';
import { MAX_DRAFT_AGE_MS, namesIn, replaceFile } from '../inventory/cacheFolder.ts';
import { codeOf, fileName, isMissing } from '../inventory/inventoryCache.ts';
import { ANSWER_LIFE_MS } from '../inventory/status.ts';
import { type AnswersOwner, answersText, type KeptAnswer, readAnswers } from './keptAnswer.ts';

export interface KeptAnswersOptions {
  /** Need not exist yet. */
  readonly folder: string;
  /** `storageScope`: a sign-out leaves the files of others as they are. */
  readonly scope: () => Promise<string>;
  readonly log: (line: string) => void;
  readonly now?: () => Date;
}

/** Of the files with answers. A draft has a suffix. */
const EXTENSION = '.answers';

/** A later time is from a clock that was wrong. */
const MAX_AHEAD_MS = 60_000;

/**
 * What runners have answered in the last 24 hours about the integrations of each account, in a folder of the extension.
 * Several windows may show the same account, so answers are added to those of the others. Methods never reject: answers
 * that cannot be written or read are logged, and somebody has to ask again.
 */
export class KeptAnswers {
  readonly #options: KeptAnswersOptions;
  /** One at a time, so that forgotten answers are not written afterwards. */
  readonly #inTurn = pLimit(1);

  constructor(options: KeptAnswersOptions) {
    this.#options = options;
  }

  /** @returns none if there are none of this owner, or the file is damaged */
  read(owner: AnswersOwner): Promise<readonly KeptAnswer[]> {
    return this.#attempt('read', async () => this.#read(await this.#fileOf(owner), owner), []);
  }

  /**
   * Adds answers to those in the file, and deletes what is older than a day, whoever it belongs to. Of two answers about the
   * same integration, the later one is kept.
   */
  write(owner: AnswersOwner, answers: readonly KeptAnswer[]): Promise<void> {
    return this.#attempt('write', async () => {
      const file = await this.#fileOf(owner);
      const latest = new Map<string, KeptAnswer>();
      for (const answer of [...(await this.#read(file, owner)), ...answers.filter(this.#isRecent)]) {
        const key = `${answer.kind} ${answer.key}`;
        const other = latest.get(key);
        if (other === undefined || other.at <= answer.at) {
          latest.set(key, answer);
        }
      }
      await replaceFile(file, answersText(owner, [...latest.values()]));
      await this.#deleteOld();
    });
  }

  /**
   * Forgets the answers of accounts.
   *
   * @param fingerprints `accountFingerprint` of each
   */
  forget(fingerprints: readonly string[]): Promise<void> {
    return this.#attempt('delete', async () => {
      const { folder, scope } = this.#options;
      const ownScope = await scope();
      const gone = fingerprints.map((fingerprint) => fileName(ownScope, fingerprint, EXTENSION));
      for (const name of await namesIn(folder)) {
        // The name of a draft is longer.
        if (gone.some((start) => name.startsWith(start))) {
          await rm(join(folder, name), { force: true });
        }
      }
    });
  }

  async #fileOf(owner: AnswersOwner): Promise<string> {
    const { folder, scope } = this.#options;
    return join(folder, fileName(await scope(), accountFingerprint(accountId(owner)), EXTENSION));
  }

  async #read(file: string, owner: AnswersOwner): Promise<readonly KeptAnswer[]> {
    try {
      return (readAnswers(await readFile(file, 'utf8'), owner) ?? []).filter(this.#isRecent);
    } catch (error) {
      if (isMissing(error)) {
        return [];
      }
      throw error;
    }
  }

  readonly #isRecent = ({ at }: KeptAnswer): boolean => {
    const age = (this.#options.now?.() ?? new Date()).getTime() - at.getTime();
    return age < ANSWER_LIFE_MS && age >= -MAX_AHEAD_MS;
  };

  async #deleteOld(): Promise<void> {
    const { folder } = this.#options;
    for (const name of await namesIn(folder)) {
      const file = join(folder, name);
      // Other windows delete files too.
      const written = await stat(file).catch(() => undefined);
      // A clock that was far ahead must not keep a file.
      const age = written === undefined ? 0 : Math.abs(Date.now() - written.mtimeMs);
      if (age > (name.endsWith(EXTENSION) ? ANSWER_LIFE_MS : MAX_DRAFT_AGE_MS)) {
        await rm(file, { force: true });
      }
    }
  }

  #attempt(what: string, work: () => Promise<void>): Promise<void>;
  #attempt<T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T>;
  #attempt<T>(what: string, work: () => Promise<T>, otherwise?: T): Promise<T | undefined> {
    return this.#inTurn(async () => {
      try {
        return await work();
      } catch (error) {
        this.#options.log(`Could not ${what} the answers of runners: ${codeOf(error)}`);
        return otherwise;
      }
    });
  }
}
