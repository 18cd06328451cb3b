import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { methodsOf } from './changedValues.ts';
import type { Change, IntegrationChange, SignInMethod } from './changes.ts';
import { hostKey } from './hosts.ts';
import { isLive } from './statuses.ts';

/** Milliseconds that a change must have lasted before the user is notified of it. */
const LASTING_MS = 60_000;

/** Milliseconds between two notifications. */
const PAUSE_MS = 60_000;

/** Phases that say that a runner is not live. An unspecified one, and one that is new to this version, say nothing. */
const NOT_LIVE: ReadonlySet<string> = new Set([
  'RUNNER_PHASE_CREATED',
  'RUNNER_PHASE_INACTIVE',
  'RUNNER_PHASE_DELETING',
  'RUNNER_PHASE_DELETED',
]);

interface Loss {
  readonly change: Change;
  /** In milliseconds of the clock. */
  readonly since: number;
}

/**
 * Keeps track of losses, and of when to notify the user of them: once they have lasted for a minute. Losses are changes
 * that can break clones: an integration was removed, a sign-in method was turned off, or a remote runner is no longer
 * live.
 */
export class LossTracker {
  readonly #clock: () => number;
  /** By what was lost. */
  readonly #losses = new Map<string, Loss>();
  /** The ids of the runners that were removed: nothing else can be lost there. */
  readonly #goneRunners = new Set<string>();
  /** The ids of the runners that have been live, but whose phase says nothing now. */
  readonly #unsureRunners = new Set<string>();
  #lastAt = -Infinity;

  /** @param clock milliseconds, monotonic: no change of the system's time makes a minute pass */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /**
   * Learns what a load has changed.
   *
   * @param changes in the order of `changeSteps`: what was removed comes before what was added in its place
   * @param integrations what there is now
   */
  note(changes: readonly Change[], integrations: readonly ScmIntegration[]): void {
    changes.forEach((change) => this.#note(change));
    this.#forgetReplaced(integrations);
  }

  /** When to notify the user next, by the clock; undefined if nothing is lost. */
  get dueAt(): number | undefined {
    const first = Math.min(...[...this.#losses.values()].map(({ since }) => since));
    return first === Infinity ? undefined : Math.max(first + LASTING_MS, this.#lastAt + PAUSE_MS);
  }

  /** What to notify the user of now, at most once a minute. Empty if there is nothing. */
  get due(): readonly Change[] {
    const now = this.#clock();
    const due = [...this.#losses.values()].filter(({ since }) => now >= since + LASTING_MS);
    return now < this.#lastAt + PAUSE_MS ? [] : due.map(({ change }) => change);
  }

  /**
   * Nothing more is due for a minute.
   *
   * @param told the changes that are no longer due
   */
  pause(told: readonly Change[]): void {
    this.#lastAt = this.#clock();
    const changes = new Set(told);
    for (const [key, { change }] of this.#losses) {
      if (changes.has(change)) {
        this.#losses.delete(key);
      }
    }
  }

  #note(change: Change): void {
    const { runner } = change;
    switch (change.kind) {
      case 'runnerRemoved':
        // Its integrations went with it, or will do so: the two lists are not of the same time.
        if (change.byVisibility !== true) {
          this.#goneRunners.add(runner.id);
        }
        for (const [key, loss] of this.#losses) {
          if ('integration' in loss.change && loss.change.runner.id === runner.id) {
            this.#losses.delete(key);
          }
        }
        this.#noteRunner(change, change.phase, change.byVisibility === true);
        break;
      case 'runnerAdded':
        this.#goneRunners.delete(runner.id);
        if (isLive({ ...runner, phase: change.phase })) {
          this.#losses.delete(runnerKey(change));
        }
        break;
      case 'phaseChanged':
        if (this.#noteRunner(change, change.old, !NOT_LIVE.has(change.new)) && saysNothing(change.new)) {
          this.#unsureRunners.add(runner.id);
        }
        break;
      case 'integrationRemoved':
        this.#losses.delete(methodKey(change, 'oauth'));
        this.#losses.delete(methodKey(change, 'pat'));
        this.#set(
          addressKey(change),
          change,
          change.byVisibility === true || this.#goneRunners.has(runner.id),
        );
        break;
      case 'methodChanged':
        this.#set(methodKey(change, change.method), change, change.isOn);
        break;
      case 'integrationAdded':
      case 'fieldChanged':
      case 'versionChanged':
        break;
    }
  }

  /** What was removed may be replaced, also step by step: another one gets its host, or its sign-in methods. */
  #forgetReplaced(integrations: readonly ScmIntegration[]): void {
    const removed = [...this.#losses].flatMap(([key, { change }]) =>
      change.kind === 'integrationRemoved' ? [{ key, change }] : [],
    );
    if (removed.length === 0) {
      return;
    }
    const left = new Map(removed.map(({ change }): [string, ScmIntegration[]] => [change.runner.id, []]));
    integrations.forEach((one) => left.get(one.runnerId)?.push(one));
    for (const { key, change } of removed) {
      if (left.get(change.runner.id)?.some((one) => isAsGood(one, change)) === true) {
        this.#losses.delete(key);
      }
    }
  }

  /**
   * @param phase before the change
   * @returns whether the runner was live before, as far as is known
   */
  #noteRunner(change: Change, phase: string, isBack: boolean): boolean {
    const { runner } = change;
    const wasUnsure = this.#unsureRunners.delete(runner.id);
    const wasLive = isLive({ ...runner, phase }) || wasUnsure || this.#losses.has(runnerKey(change));
    this.#set(runnerKey(change), change, isBack || !wasLive || runner.kind !== 'RUNNER_KIND_REMOTE');
    return wasLive;
  }

  /** A loss counts from when it was first seen, even if it has become worse since. */
  #set(key: string, change: Change, isBack: boolean): void {
    const since = this.#losses.get(key)?.since ?? this.#clock();
    if (isBack) {
      this.#losses.delete(key);
    } else {
      this.#losses.set(key, { change, since });
    }
  }
}

/** Whether an integration is for the same host as one that was removed, and has the same sign-in methods. */
function isAsGood(
  one: ScmIntegration,
  { integration, methods }: Extract<IntegrationChange, { readonly methods: unknown }>,
): boolean {
  return (
    hostKey(one.host) === hostKey(integration.host) &&
    methods.every((method) => methodsOf(one).includes(method))
  );
}

function saysNothing(phase: string): boolean {
  return !NOT_LIVE.has(phase) && !isLive({ phase, role: 'ordinary' });
}

function runnerKey({ runner }: Change): string {
  return JSON.stringify(['runner', runner.id]);
}

function addressKey({ runner, integration: { host } }: IntegrationChange): string {
  return JSON.stringify(['address', runner.id, hostKey(host)]);
}

/** The same after a change of the host, if the integration has an id. */
function methodKey({ runner, integration }: IntegrationChange, method: SignInMethod): string {
  const { id, scmId, host } = integration;
  return JSON.stringify([method, runner.id, scmId, id === '' ? host : id]);
}
