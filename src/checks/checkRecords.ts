import type { IntegrationEntry } from '../inventory/groups.ts';
import { parseRefKey } from '../inventory/itemRef.ts';
import type { AccessAnswer } from '../inventory/statusFacts.ts';
import { askedAbout, keyOf } from './askedAbout.ts';
import {
  type AccessResult,
  type CheckKind,
  type CheckState,
  type ItemChecks,
  NO_CHECKS,
} from './checkState.ts';
import type { KeptAnswer } from './keptAnswer.ts';

/** What is known of one integration. */
interface ItemRecord extends ItemChecks {
  readonly about: string;
  /** The turns of the calls with the last answers. */
  readonly turns?: Partial<Record<CheckKind, number>>;
}

/** The checks of the integrations of one connection. An answer is about the integration as it was then. */
export class CheckRecords {
  /** By runner ID, then by `refKey`: most runners have none. */
  readonly #byRunner = new Map<string, Map<string, ItemRecord>>();
  /** Calls under way, by kind, integration and configuration: several checks may include the same one. */
  readonly #calls = new Map<string, number>();
  #answered = 0;

  /** How many answers have arrived, or have changed. */
  get answered(): number {
    return this.#answered;
  }

  of(entry: IntegrationEntry): Omit<ItemRecord, 'about'> {
    const record = this.#byRunner.get(entry.integration.runnerId)?.get(keyOf(entry));
    if (record === undefined) {
      // Like most integrations.
      return NO_CHECKS;
    }
    return record.about === askedAbout(entry) ? record : NO_CHECKS;
  }

  /** A call about an integration starts. Whatever is known of another configuration is void. */
  start(kind: CheckKind, entry: IntegrationEntry): void {
    const about = askedAbout(entry);
    const key = keyOf(entry);
    const checks = this.of(entry);
    this.#count(kind, key, about, 1);
    this.#set(entry.integration.runnerId, key, {
      ...checks,
      about,
      [kind]: { ...checks[kind], running: true },
    });
  }

  /**
   * A call about an integration has ended. Its result is void if another configuration was asked about in the meantime, or
   * a call that was sent later has been answered already.
   *
   * @param turn of the call, in the order in which calls are sent
   * @param change what the result changes
   */
  end<T>(
    kind: CheckKind,
    entry: IntegrationEntry,
    turn: number,
    change: (last: CheckState<T>) => CheckState<T>,
  ): void {
    const about = askedAbout(entry);
    const key = keyOf(entry);
    const { runnerId } = entry.integration;
    const isRunning = this.#count(kind, key, about, -1) > 0;
    const record = this.#byRunner.get(runnerId)?.get(key);
    if (record?.about === about) {
      const { lastAnswer, lastFailure } = record[kind];
      const last = {
        ...(lastAnswer && { lastAnswer }),
        ...(lastFailure && { lastFailure }),
      } as CheckState<T>;
      const next = turn < (record.turns?.[kind] ?? 0) ? last : change(last);
      const hasAnswer = next.lastAnswer !== last.lastAnswer;
      this.#answered += hasAnswer ? 1 : 0;
      this.#set(runnerId, key, {
        ...record,
        ...(hasAnswer && { turns: { ...record.turns, [kind]: turn } }),
        [kind]: { ...next, ...(isRunning && { running: true }) },
      });
    }
  }

  /**
   * A sign-in was recorded after a runner had said that somebody is signed in: without it, the answer is void.
   *
   * @param onRecord not empty
   * @returns whether that was not known
   */
  noteSignIns(entry: IntegrationEntry, onRecord: readonly string[]): boolean {
    const record = this.#byRunner.get(entry.integration.runnerId)?.get(keyOf(entry));
    const { lastAnswer } = record?.about === askedAbout(entry) ? record.access : {};
    if (record === undefined || lastAnswer === undefined || !isWithoutRecord(lastAnswer.result)) {
      return false;
    }
    const access = {
      ...record.access,
      lastAnswer: { ...lastAnswer, result: { ...lastAnswer.result, onRecord } },
    };
    this.#set(entry.integration.runnerId, keyOf(entry), { ...record, access });
    // The next window is to know it too.
    this.#answered++;
    return true;
  }

  /** When the answers were given. */
  answeredAt(): readonly Date[] {
    return this.#all().flatMap(([, { access, validation }]) =>
      [access.lastAnswer?.at, validation.lastAnswer?.at].filter((at) => at !== undefined),
    );
  }

  /** All answers, as they are kept for the next window. */
  kept(): readonly KeptAnswer[] {
    return this.#all().flatMap(([key, { about, access, validation }]): KeptAnswer[] => [
      ...(access.lastAnswer
        ? [
            {
              kind: 'access' as const,
              key,
              about,
              ...access.lastAnswer,
              result: plain(access.lastAnswer.result),
            },
          ]
        : []),
      ...(validation.lastAnswer
        ? [{ kind: 'validation' as const, key, about, ...validation.lastAnswer }]
        : []),
    ]);
  }

  /** Takes over answers of an earlier window, or of another one, unless later ones are known. */
  takeOver(answers: readonly KeptAnswer[]): void {
    for (const { kind, key, about, ...answer } of answers) {
      const ref = parseRefKey(key);
      if (ref?.kind !== 'integration') {
        continue;
      }
      const known = this.#byRunner.get(ref.runnerId)?.get(key);
      const record = known?.about === about || known === undefined ? (known ?? NO_CHECKS) : undefined;
      const { lastAnswer, lastFailure, running } = record?.[kind] ?? {};
      if (record !== undefined && (lastAnswer === undefined || lastAnswer.at < answer.at)) {
        const isFailedSince = lastFailure !== undefined && lastFailure.at > answer.at;
        this.#set(ref.runnerId, key, {
          ...record,
          about,
          [kind]: {
            lastAnswer: answer,
            ...(running && { running }),
            ...(isFailedSince && { lastFailure }),
          },
        });
      }
    }
  }

  #count(kind: CheckKind, key: string, about: string, change: 1 | -1): number {
    const call = `${kind} ${key} ${about}`;
    const count = (this.#calls.get(call) ?? 0) + change;
    if (count === 0) {
      this.#calls.delete(call);
    } else {
      this.#calls.set(call, count);
    }
    return count;
  }

  #all(): (readonly [key: string, ItemRecord])[] {
    return [...this.#byRunner.values()].flatMap((ofRunner) => [...ofRunner]);
  }

  #set(runnerId: string, key: string, record: ItemRecord): void {
    const ofRunner = this.#byRunner.get(runnerId) ?? new Map<string, ItemRecord>();
    this.#byRunner.set(runnerId, ofRunner.set(key, record));
  }
}

/** Whether a runner said that somebody is signed in, although no sign-in was known to be on record. */
export function isWithoutRecord({ signedIn, onRecord = [] }: Omit<AccessAnswer, 'at'>): boolean {
  return signedIn && onRecord.length === 0;
}

/** Without the ways to sign in: they are addresses, and asked for again when somebody needs them. */
function plain({ signedIn, wasSignedIn, onRecord }: AccessResult): AccessResult {
  return { signedIn, wasSignedIn, ...(onRecord && { onRecord }) };
}
