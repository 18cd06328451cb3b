/** What an event says to read again. */
export type ChangedPart =
  /** `isStatus`: only its status has changed, not its integrations. */
  | { readonly kind: 'runner'; readonly id: string; readonly isStatus: boolean }
  | { readonly kind: 'signIns' }
  /** An integration of a runner that is not known: if no other event names the runner, only the lists have it. */
  | { readonly kind: 'integration'; readonly id: string };

/** What is to be read again now. */
export interface Reread {
  /** To be read one by one. */
  readonly runnerIds: readonly string[];
  /** Whether the pages of all runners are to be read instead, because there are too many. */
  readonly allRunners: boolean;
  /** The runners whose integrations are to be read. */
  readonly integrationsOf: readonly string[];
  readonly signIns: boolean;
  /** Everything, by the plain plan. */
  readonly lists: boolean;
}

/** How long the first event of a burst waits for others, in milliseconds. */
const BURST_MS = 500;

/** The same thing is read at most once in so many milliseconds, whatever the events say. */
const AGAIN_MS = 10_000;

/** If more runners are due at the same time, they are read together. */
const MAX_SINGLE_RUNNERS = 4;

/** Milliseconds between two reads of many runners, or of everything. */
const LISTS_MS = 30_000;

/**
 * How many single runners may be read within so many milliseconds. Runners report their status all the time. Other
 * changes are rare, and somebody waits for them.
 */
const SINGLE_READS = {
  status: { most: MAX_SINGLE_RUNNERS, withinMs: AGAIN_MS },
  full: { most: 20, withinMs: LISTS_MS },
};

/**
 * A read that has shown nothing new is repeated after so many milliseconds: the API reads from replicas, which may lag
 * behind its events.
 */
const REPEATS_MS = [2_000, 10_000];

interface Due {
  readonly change: ChangedPart;
  /** When it is to be read. */
  readonly at: number;
  /** When it may be read with others. */
  readonly from: number;
  /** How often it has been read without showing anything new. */
  readonly repeats: number;
  /** When it was first read without showing anything new. */
  readonly firstReadAt: number | undefined;
  /** Whether it has waited for what other events name to be read. */
  readonly hasWaited?: boolean;
}

/**
 * Gathers events, and says what is to be read again and when, however many events there are. Times are in milliseconds
 * of a clock that is never set.
 */
export class EventQueue {
  readonly #due = new Map<string, Due>();
  /** When something was last read. */
  readonly #readAt = new Map<string, number>();
  /** When single runners were read lately, because of their status or of another change. */
  readonly #singleReads = { status: [] as number[], full: [] as number[] };
  #listsAt = -Infinity;
  #reading: readonly Due[] = [];

  add(change: ChangedPart, now: number): void {
    const key = keyOf(change);
    const from = this.#allowedAt(change, key);
    const at = Math.max(now + BURST_MS, from);
    const before = this.#due.get(key);
    this.#due.set(key, {
      change,
      at: Math.min(at, before?.at ?? at),
      from: Math.min(from, before?.from ?? from),
      repeats: 0,
      firstReadAt: undefined,
      hasWaited: before?.hasWaited === true,
    });
  }

  /** When something may have to be read next; undefined if there is nothing. */
  get nextAt(): number | undefined {
    if (this.#due.size === 0) {
      return undefined;
    }
    let next = Infinity;
    for (const { at } of this.#due.values()) {
      next = Math.min(next, at);
    }
    return next;
  }

  /** Forgets all events, also those that are being read: everything will be read. */
  clear(): void {
    this.#due.clear();
    this.#reading = [];
  }

  /**
   * What is due. Call `end` when it was read.
   *
   * @param isKnown whether the rows have an integration by now
   */
  take(now: number, isKnown: (integrationId: string) => boolean = () => false): Reread | undefined {
    if ((this.nextAt ?? Infinity) > now) {
      return undefined;
    }
    for (const [key, { change, repeats }] of this.#due) {
      if (change.kind === 'integration' && repeats === 0 && isKnown(change.id)) {
        this.#due.delete(key);
      }
    }
    const ready = [...this.#due.values()].filter(({ from }) => from <= now);
    const unplaced = ready.filter(({ change }) => change.kind === 'integration');
    const isAlone = unplaced.length === ready.length;
    if (unplaced.length > 0 && (isAlone || unplaced.some(({ hasWaited }) => hasWaited))) {
      this.#listsAt = now;
      this.#begin([...this.#due.values()], now);
      return { ...NOTHING, lists: true };
    }
    // They may belong to runners that other events name. Other events may keep coming, so they wait only once.
    unplaced.forEach((due) =>
      this.#due.set(keyOf(due.change), { ...due, at: now + BURST_MS, hasWaited: true }),
    );
    const full = ready.filter(({ change }) => change.kind === 'runner' && !change.isStatus);
    const fullIds = new Set(full.map(idOf));
    const status = ready.filter(
      (due) => due.change.kind === 'runner' && due.change.isStatus && !fullIds.has(idOf(due)),
    );
    const areFullSingle = this.#areSingle(full, 'full', now);
    const areStatusSingle = this.#areSingle(status, 'status', now);
    const areTooMany = !areFullSingle || !areStatusSingle;
    const allRunners = areTooMany && this.#mayReadMany(now);
    const readable = {
      full: areFullSingle || allRunners ? full : this.#postpone(full, 'full'),
      status: areStatusSingle || allRunners ? status : this.#postpone(status, 'status'),
    };
    const signIns = ready.filter(({ change }) => change.kind === 'signIns');
    // Reading a runner in full also reads its status.
    const covered = ready.filter(
      (due) => due.change.kind === 'runner' && due.change.isStatus && fullIds.has(idOf(due)),
    );
    covered.forEach(({ change }) => this.#due.delete(keyOf(change)));
    const taken = [...readable.full, ...readable.status, ...signIns];
    if (taken.length === 0) {
      return undefined;
    }
    if (allRunners) {
      this.#listsAt = now;
    } else {
      readable.full.forEach(() => this.#singleReads.full.push(now));
      readable.status.forEach(() => this.#singleReads.status.push(now));
    }
    this.#begin(taken, now);
    return {
      runnerIds: allRunners ? [] : [...readable.full, ...readable.status].map(idOf),
      allRunners,
      integrationsOf: readable.full.map(idOf),
      signIns: signIns.length > 0,
      lists: false,
    };
  }

  /**
   * Call when what was taken has been read.
   *
   * @param isNew whether that has shown anything new. Otherwise it is read again later
   */
  end(isNew: (change: ChangedPart) => boolean, now: number): void {
    for (const { change, repeats, firstReadAt = now } of this.#reading) {
      const key = keyOf(change);
      const waitMs = REPEATS_MS[repeats];
      if (waitMs !== undefined && !this.#due.has(key) && !isNew(change)) {
        const at = Math.max(
          firstReadAt + waitMs,
          change.kind === 'integration' ? this.#listsAt + LISTS_MS : 0,
        );
        this.#due.set(key, { change, at, from: at, repeats: repeats + 1, firstReadAt });
      }
    }
    this.#reading = [];
  }

  #begin(taken: readonly Due[], now: number): void {
    for (const { change } of taken) {
      const key = keyOf(change);
      this.#due.delete(key);
      this.#readAt.set(key, now);
    }
    for (const [key, at] of this.#readAt) {
      if (now - at >= AGAIN_MS) {
        this.#readAt.delete(key);
      }
    }
    this.#reading = taken;
  }

  #allowedAt(change: ChangedPart, key: string): number {
    if (change.kind === 'integration') {
      return this.#listsAt + LISTS_MS;
    }
    const readAt = this.#readAt.get(key) ?? -Infinity;
    // A runner that was read in full has shown its status too.
    const isStatus = change.kind === 'runner' && change.isStatus;
    const fullAt = isStatus ? this.#readAt.get(keyOf({ ...change, isStatus: false })) : undefined;
    return Math.max(readAt, fullAt ?? -Infinity) + AGAIN_MS;
  }

  #mayReadMany(now: number): boolean {
    return now - this.#listsAt >= LISTS_MS;
  }

  #areSingle(runners: readonly Due[], kind: keyof typeof SINGLE_READS, now: number): boolean {
    const { most, withinMs } = SINGLE_READS[kind];
    const recent = (this.#singleReads[kind] = this.#singleReads[kind].filter((at) => now - at < withinMs));
    const areMany = runners.length > MAX_SINGLE_RUNNERS && this.#mayReadMany(now);
    return !areMany && runners.length + recent.length <= most;
  }

  /** Puts them off until these few, or many at once, may be read. */
  #postpone(runners: readonly Due[], kind: keyof typeof SINGLE_READS): readonly Due[] {
    const { most, withinMs } = SINGLE_READS[kind];
    const manyAt = this.#listsAt + LISTS_MS;
    const [oldest = Infinity] = this.#singleReads[kind];
    const at = runners.length > most ? manyAt : Math.min(manyAt, oldest + withinMs);
    runners.forEach((due) => this.#due.set(keyOf(due.change), { ...due, at }));
    return [];
  }
}

const NOTHING: Reread = {
  runnerIds: [],
  allRunners: false,
  integrationsOf: [],
  signIns: false,
  lists: false,
};

function keyOf(change: ChangedPart): string {
  switch (change.kind) {
    case 'runner':
      return `${change.isStatus ? 'status' : 'full'} ${change.id}`;
    case 'integration':
      return `integration ${change.id}`;
    case 'signIns':
      return change.kind;
  }
}

function idOf({ change }: Due): string {
  return change.kind === 'runner' ? change.id : '';
}
