import { type Account, isSameAccount } from '../account/account.ts';
import type { Disposable } from '../base/event.ts';
import { inSlices } from '../base/slices.ts';
import { ChangeLog } from './changeLog.ts';
import type { ChangeMarks } from './changeMarks.ts';
import type { Change } from './changes.ts';
import { changeSteps } from './changeSteps.ts';
import type { ChangeTrackerOptions } from './changeTracker.ts';
import { LossTracker } from './lossTracker.ts';
import { subjectKey } from './mergedChanges.ts';
import type { CompletedLoad } from './model.ts';
import { NotificationTurns } from './notificationTurns.ts';

export interface ChangeStoreOptions extends ChangeTrackerOptions {
  readonly marks: ChangeMarks;
  /** Called when the log has changed. */
  readonly onChange: () => void;
}

/** Compares loads, keeps what has changed, and notifies the user of what can break clones. */
export class ChangeStore implements Disposable {
  readonly #options: ChangeStoreOptions;
  readonly #log: ChangeLog;
  readonly #turns: NotificationTurns;
  readonly #clock: () => number;
  #losses: LossTracker;
  /** When this window has seen items change since the lists were last read, by `subjectKey`. */
  readonly #changedAt = new Map<string, Date>();
  /** Loads are compared one after the other. */
  #compared: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(options: ChangeStoreOptions) {
    this.#options = options;
    this.#clock = options.clock ?? (() => performance.now());
    this.#losses = new LossTracker(this.#clock);
    this.#log = new ChangeLog(options.kept.log);
    this.#turns = new NotificationTurns(options.kept.notified);
  }

  read(account: Account): Promise<readonly Change[]> {
    return this.#log.read(account);
  }

  /** @param isFirst whether it is the first load of the window: the user is not notified of what has changed before */
  note(account: Account, load: CompletedLoad, isFirst: boolean): Promise<void> {
    const compared = this.#compared.then(() => this.#note(account, load, isFirst));
    // A defect of one does not keep the next from being compared.
    this.#compared = compared.catch(() => undefined);
    return compared;
  }

  /** Notifies the user of what has lasted for long enough, once that may be done. */
  remind(): void {
    clearTimeout(this.#timer);
    const { dueAt } = this.#losses;
    if (dueAt === undefined || this.#isDisposed || !this.#options.mayNotify()) {
      return;
    }
    const waitMs = Math.max(0, dueAt - this.#clock());
    this.#timer = setTimeout(() => void this.#notify().catch(this.#options.logDefect), waitMs).unref();
  }

  /** Forgets what the user is to be notified of: it belongs to another account. */
  restart(): void {
    this.#losses = new LossTracker(this.#clock);
    this.#changedAt.clear();
    clearTimeout(this.#timer);
  }

  async forget(fingerprints: readonly string[]): Promise<void> {
    await Promise.all([this.#log.forget(fingerprints), this.#turns.forget(fingerprints)]);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
  }

  async #note(account: Account, { before, after, at }: CompletedLoad, isFirst: boolean): Promise<void> {
    if (before === undefined || !this.#isCurrent(account)) {
      return;
    }
    const isOtherKey = before.sequence !== undefined && before.sequence !== after.sequence;
    const found = await inSlices(changeSteps(before, after, { isOtherKey, at }));
    const changes = this.#withExactTimes(found, before.asOf !== after.asOf);
    if (changes.length === 0 || !this.#isCurrent(account)) {
      return;
    }
    this.#options.marks.note(changes);
    if (isFirst || isOtherKey) {
      this.restart();
    } else {
      this.#losses.note(changes, after.data.integrations);
      this.remind();
    }
    await this.#log.add(account, changes);
    this.#options.onChange();
  }

  async #notify(): Promise<void> {
    const { account } = this.#options.session;
    const losses = this.#losses;
    const due = this.#due(losses);
    let changes: readonly Change[] = [];
    if (account !== undefined && due.length > 0) {
      const { isTaken, told } = await this.#turns.take(account, due);
      // That may take a while: some may have been undone.
      const asked = new Set(due);
      const left = isTaken ? this.#due(losses) : [];
      changes = left.filter((change) => asked.has(change) && !told.has(change));
      // What cannot be told now is told later.
      losses.pause([...changes, ...told]);
    }
    this.remind();
    await (changes.length > 0 && this.#options.notify(changes));
  }

  /** What to tell the user now; nothing if the account has changed since these were found. */
  #due(losses: LossTracker): readonly Change[] {
    return losses === this.#losses && !this.#isDisposed && this.#options.mayNotify() ? losses.due : [];
  }

  /**
   * An item that has already changed since the lists were read changed again only after that: somebody may have been
   * notified in between.
   *
   * @param areListsRead whether the lists have been read again, not only a part
   */
  #withExactTimes(changes: readonly Change[], areListsRead: boolean): readonly Change[] {
    const exact = changes.map((change) => {
      const since = this.#changedAt.get(subjectKey(change)) ?? change.since;
      return since <= change.since || since > change.at ? change : { ...change, since };
    });
    if (areListsRead) {
      this.#changedAt.clear();
    } else {
      changes.forEach((change) => this.#changedAt.set(subjectKey(change), change.at));
    }
    return exact;
  }

  #isCurrent(account: Account): boolean {
    return isSameAccount(account, this.#options.session.account);
  }
}
