import pLimit from 'p-limit';
import { ownerOf } from '../account/account.ts';
import type { SessionStore } from '../account/session.ts';
import type { HostAccess } from '../api/hostAccess.ts';
import type { ConfigurationValidation } from '../api/validation.ts';
import { type Disposable, Emitter } from '../base/event.ts';
import { whenAborted } from '../base/whenAborted.ts';
import type { IntegrationEntry, RunnerEntry } from '../inventory/groups.ts';
import type { CompletedLoad } from '../inventory/model.ts';
import { PerConnection } from '../inventory/perConnection.ts';
import { signInKey } from '../inventory/signInIndex.ts';
import type { Answers } from '../inventory/statusFacts.ts';
import type { AccessCall } from './accessPlan.ts';
import { accessResult } from './accessResult.ts';
import { AnswersOfChecks } from './answersOfChecks.ts';
import type { CheckTarget } from './askedAbout.ts';
import { ask, type CallOutcome } from './callRunner.ts';
import { CheckRecords, isWithoutRecord } from './checkRecords.ts';
import {
  type CheckKind,
  type CheckState,
  type ItemChecks,
  NO_CHECKS,
  type ValidationResult,
} from './checkState.ts';
import { fieldErrorsOf } from './fieldErrorsOf.ts';
import type { KeptAnswer } from './keptAnswer.ts';
import { RecentChanges } from './recentChanges.ts';
import { sentConfiguration } from './sentConfiguration.ts';

export interface CheckStoreOptions {
  readonly session: Pick<SessionStore, 'connection' | 'account' | 'onDidChange'>;
  readonly now?: () => Date;
}

/** Calls at once, of all checks of the window: each makes a runner work. */
export const MAX_CHECKS = 4;

/** All of one connection. */
interface Records {
  readonly checks: CheckRecords;
  readonly changes: RecentChanges;
}

/**
 * What runners answered about integrations, by integration and kind of check. An answer is about the integration as it
 * was then (`askedAbout`): with other values there is none. Void with the session's connection.
 */
export class CheckStore implements Disposable {
  readonly #options: CheckStoreOptions;
  readonly #changed = new Emitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #records: PerConnection<Records>;
  readonly #limit = pLimit(MAX_CHECKS);
  readonly #answers = new AnswersOfChecks();
  #running = 0;
  #sent = 0;

  constructor(options: CheckStoreOptions) {
    this.#options = options;
    this.#records = new PerConnection(
      options.session,
      () => ({ checks: new CheckRecords(), changes: new RecentChanges() }),
      () => this.#changed.fire(),
    );
  }

  /** Number of calls that run or wait for their turn, without those of polls. */
  get running(): number {
    return this.#running;
  }

  /** Aborted once the session no longer has its present connection. */
  get ended(): AbortSignal {
    return this.#records.hold()?.signal ?? AbortSignal.abort();
  }

  checksOf(entry: IntegrationEntry): ItemChecks {
    return this.#records.value?.checks.of(entry) ?? NO_CHECKS;
  }

  answersOf(entry: IntegrationEntry): Answers {
    return this.#answers.of(this.checksOf(entry), ownerOf(this.#options.session.account));
  }

  answeredAt(): readonly Date[] {
    return this.#records.value?.checks.answeredAt() ?? [];
  }

  /** How many answers have arrived for the present connection, or have changed. */
  get answered(): number {
    return this.#records.value?.checks.answered ?? 0;
  }

  /** The answers of the present connection, as they are kept for the next window. */
  kept(): readonly KeptAnswer[] {
    return this.#records.value?.checks.kept() ?? [];
  }

  /** Takes over answers that were kept for the owner of the present connection's key, unless later ones are known. */
  takeOver(answers: readonly KeptAnswer[]): void {
    if (answers.length > 0) {
      this.#records.hold()?.value.checks.takeOver(answers);
      this.#changed.fire();
    }
  }

  /**
   * Asks a runner whether the owner of the key is signed in to a host. Never rejects unless there is a bug.
   *
   * @param isPoll whether it is asked again and again: then nobody is told that it is asked, and only an answer that is
   *   not the last one counts
   */
  async checkAccess(
    { runner, host, entries }: AccessCall,
    signal: AbortSignal,
    isPoll = false,
  ): Promise<CallOutcome<HostAccess>> {
    return this.#check('access', entries, signal, {
      ...(isPoll && {
        isNews: ({ authenticated }: HostAccess, { access }: ItemChecks) =>
          access.lastAnswer?.result.signedIn !== authenticated,
      }),
      send: ({ client }, options) => client.checkAuthenticationForHost(runner.ref.runnerId, host, options),
      resultOf: accessResult,
    });
  }

  /**
   * Asks a runner whether the configuration of an integration is valid. No secret is sent. Never rejects unless there
   * is a bug.
   */
  async validate(
    { entry, runner }: CheckTarget,
    signal: AbortSignal,
  ): Promise<CallOutcome<ConfigurationValidation>> {
    return this.#check('validation', [entry], signal, {
      send: ({ client }, options) =>
        client.validateScmIntegration(runner.ref.runnerId, sentConfiguration(entry), options),
      resultOf: (validation): ValidationResult => ({
        valid: validation.valid,
        errors: fieldErrorsOf(validation),
      }),
    });
  }

  /** Learns which integrations have changed, because their runners may not know that yet. */
  noteChanges(load: CompletedLoad): void {
    this.#records.hold()?.value.changes.note(load);
  }

  /**
   * Learns which sign-ins are on record now: one that is recorded after somebody has signed in may be removed later.
   */
  noteSignIns(runners: readonly RunnerEntry[]): void {
    const held = this.#records.hold();
    const noted = runners.flatMap(({ integrations }) =>
      integrations.filter(
        (entry) =>
          entry.signIns !== undefined &&
          entry.signIns.length > 0 &&
          entry.answers?.access !== undefined &&
          isWithoutRecord(entry.answers.access) &&
          held?.value.checks.noteSignIns(entry, entry.signIns.map(signInKey)),
      ),
    );
    if (noted.length > 0) {
      this.#changed.fire();
    }
  }

  dispose(): void {
    this.#records.dispose();
    this.#changed.dispose();
  }

  async #check<Sent, Result>(
    kind: CheckKind,
    entries: readonly IntegrationEntry[],
    signal: AbortSignal,
    {
      send,
      resultOf,
      isNews,
    }: {
      readonly send: Parameters<typeof ask<Sent>>[2];
      readonly resultOf: (sent: Sent, entry: IntegrationEntry, before: CheckState<Result>) => Result;
      /** Present for a poll. */
      readonly isNews?: (sent: Sent, known: ItemChecks) => boolean;
    },
  ): Promise<CallOutcome<Sent>> {
    const held = this.#records.hold();
    if (held === undefined) {
      return { kind: 'canceled' };
    }
    const { signal: voided, value } = held;
    const start = (started: readonly IntegrationEntry[]) =>
      started.forEach((entry) => value.checks.start(kind, entry));
    if (isNews === undefined) {
      this.#running++;
      start(entries);
      this.#changed.fire();
    }
    const stop = AbortSignal.any([signal, voided]);
    // Also what stays after a bug.
    let outcome: CallOutcome<Sent> = { kind: 'canceled' };
    let turn = 0;
    try {
      const call = this.#limit(() => {
        turn = ++this.#sent;
        return ask(held.connection, stop, send);
      });
      // One that is canceled does not wait for its turn.
      await Promise.race([call, whenAborted(stop)]);
      outcome = stop.aborted ? outcome : await call;
      return outcome;
    } finally {
      let ended = entries;
      if (isNews === undefined) {
        this.#running--;
      } else {
        ended = entries.filter(
          (entry) => outcome.kind === 'answer' && isNews(outcome.answer, value.checks.of(entry)),
        );
        start(ended);
      }
      const at = this.#options.now?.() ?? new Date();
      for (const entry of ended) {
        value.checks.end<Result>(kind, entry, turn, (last) => {
          switch (outcome.kind) {
            case 'answer': {
              const result = resultOf(outcome.answer, entry, last);
              const changedSince = value.changes.before(entry, at);
              return { lastAnswer: { result, at, ...(changedSince && { changedSince }) } };
            }
            case 'failure':
              return { ...last, lastFailure: { error: outcome.failure, at } };
            case 'keyRefused':
            case 'canceled':
              return last;
          }
        });
      }
      if (isNews === undefined || ended.length > 0) {
        this.#changed.fire();
      }
    }
  }
}
