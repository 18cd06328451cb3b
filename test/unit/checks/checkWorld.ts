import assert from 'node:assert/strict';
import type { HostAccess } from '../../../src/api/hostAccess.ts';
import type { OnaClient } from '../../../src/api/onaClient.ts';
import type { Account } from '../../../src/account/account.ts';
import type { Connection, Session } from '../../../src/account/sessionState.ts';
import { Emitter } from '../../../src/base/event.ts';
import { CheckStore } from '../../../src/checks/checkStore.ts';
import type { CheckTarget } from '../../../src/checks/askedAbout.ts';
import { checkTargets } from '../../../src/checks/checkTargets.ts';
import { accessPlan } from '../../../src/checks/accessPlan.ts';
import { runChecks, type RunOptions } from '../../../src/checks/runChecks.ts';
import type { RunnerEntry } from '../../../src/inventory/groups.ts';
import { deterministicUuid } from '../../sandbox/deterministicUuid.ts';
import { emptyOrganization } from '../../sandbox/emptyOrganization.ts';
import type { RunnerJson } from '../../sandbox/gen/gitpod/v1/runner_pb.js';
import type { SCMIntegrationJson } from '../../sandbox/gen/gitpod/v1/runner_configuration_pb.js';
import type { Sandbox, SandboxOrganization } from '../../sandbox/sandbox.ts';
import { startSandbox } from '../../sandbox/server.ts';
import { clientOf } from '../api/testClient.ts';
import { sampleEntries } from '../inventory/sampleEntries.ts';

type ClientOptions = Parameters<typeof clientOf>[1];

/** A runner as the API returns it: live unless its fields say otherwise. */
export function liveRunner(name: string, fields: RunnerJson = {}): RunnerJson {
  return {
    runnerId: deterministicUuid(name),
    name,
    kind: 'RUNNER_KIND_REMOTE',
    provider: 'RUNNER_PROVIDER_AWS_EC2',
    status: { phase: 'RUNNER_PHASE_ACTIVE' },
    ...fields,
  };
}

/** An integration of the runner of this name, as the API returns it. */
export function integrationJson(
  runner: string,
  host: string,
  fields: SCMIntegrationJson = {},
): SCMIntegrationJson {
  const runnerId = deterministicUuid(runner);
  return {
    id: deterministicUuid(`${runner} ${host} ${fields.scmId ?? ''}`),
    runnerId,
    scmId: 'github',
    host,
    pat: true,
    ...fields,
  };
}

/** Two integrations of the runner `a`, as the API returns them: github.com with OAuth, and gitlab.com. */
export function githubAndGitlab(): SCMIntegrationJson[] {
  return [
    integrationJson('a', 'github.com', { oauth: { clientId: 'client', issuerUrl: 'https://id.example' } }),
    integrationJson('a', 'gitlab.com', { scmId: 'gitlab' }),
  ];
}

/** The organization with these rows. */
export function organizationOf(
  runners: RunnerJson[],
  integrations: SCMIntegrationJson[],
): SandboxOrganization {
  return { ...emptyOrganization(), runners, integrations };
}

interface HeldAnswer {
  readonly resolve: (access: HostAccess) => void;
  readonly reject: (error: Error) => void;
}

export interface HeldAnswers {
  /** Settles once so many checks are waiting or have been answered. */
  readonly asked: (count: number) => Promise<void>;
  /** @param turn 0 for the first check */
  readonly answer: (turn: number, authenticated: boolean) => void;
  readonly fail: (turn: number, error: Error) => void;
}

/** A window that asks the runners of a sandbox, by a real client. */
export class CheckWorld {
  static async open(organization: SandboxOrganization): Promise<CheckWorld> {
    return new CheckWorld(await startSandbox({ organization }));
  }

  readonly sandbox: Sandbox;
  /** Everything that was logged. */
  readonly lines: string[] = [];
  readonly session: {
    connection: Connection | undefined;
    account: Account | undefined;
    readonly onDidChange: Emitter<Session>['event'];
  };
  readonly store: CheckStore;
  /** What the store takes for the present time. */
  now = new Date('2026-11-27T14:02:00Z');
  changes = 0;
  readonly #changed = new Emitter<Session>();

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
    this.session = { connection: this.connect(), account: undefined, onDidChange: this.#changed.event };
    this.store = new CheckStore({ session: this.session, now: () => this.now });
    this.store.onDidChange(() => this.changes++);
  }

  connect(options?: ClientOptions): Connection {
    const log = (line: string) => this.lines.push(line);
    const { client } = clientOf(this.sandbox, { log, ...options });
    return { apiUrl: this.sandbox.url, client, environmentVariable: undefined };
  }

  /** Lets the session have this connection, by default a new one of the same key. */
  become(connection: Connection | undefined = this.connect(), account = this.session.account): void {
    Object.assign(this.session, { connection, account });
    this.#changed.fire({ kind: 'starting' });
  }

  /** Lets every check of access wait for its answer, in the order in which they are asked. */
  holdAnswers(): HeldAnswers {
    const held: HeldAnswer[] = [];
    const checkAuthenticationForHost = () =>
      new Promise<HostAccess>((resolve, reject) => held.push({ resolve, reject }));
    this.become({ ...this.connect(), client: { checkAuthenticationForHost } as unknown as OnaClient });
    return {
      asked: async (count) => {
        while (held.length < count) {
          await new Promise(setImmediate);
        }
      },
      answer: (turn, authenticated) => held[turn]?.resolve({ authenticated }),
      fail: (turn, error) => held[turn]?.reject(error),
    };
  }

  /** Signs out. */
  leave(): void {
    Object.assign(this.session, { connection: undefined, account: undefined });
    this.#changed.fire({ kind: 'starting' });
  }

  get runners(): readonly RunnerEntry[] {
    return sampleEntries(this.sandbox.organization);
  }

  /** Every integration, in the order of the rows. */
  get targets(): readonly CheckTarget[] {
    return checkTargets(this.runners, undefined);
  }

  /** The integration for a host, and its runner. */
  target(host: string, runnerName?: string): CheckTarget {
    const found = this.targets.find(
      ({ entry, runner }) =>
        entry.integration.host === host && (runnerName === undefined || runner.runner?.name === runnerName),
    );
    return found ?? assert.fail(`There is no integration for ${host}`);
  }

  /** Checks the access to all integrations, or to these. */
  check(targets = this.targets, options: Partial<RunOptions> = {}) {
    const signal = options.signal ?? new AbortController().signal;
    const { calls } = accessPlan(targets);
    const { ended } = this.store;
    return runChecks(calls, (call, each) => this.store.checkAccess(call, each), {
      ended,
      ...options,
      signal,
    });
  }

  /** Validates the configuration of one integration. */
  validate(target: CheckTarget, signal = new AbortController().signal) {
    return this.store.validate(target, signal);
  }

  accessOf(target: CheckTarget) {
    return this.store.checksOf(target.entry).access;
  }

  validationOf(target: CheckTarget) {
    return this.store.checksOf(target.entry).validation;
  }

  /** The bodies of the calls that have arrived. */
  get bodies(): readonly unknown[] {
    return this.sandbox.requests.map(({ body }) => body);
  }

  /** Settles once so many calls have arrived. */
  async arrived(count: number): Promise<void> {
    while (this.sandbox.requests.length < count) {
      await new Promise(setImmediate);
    }
  }

  close(): Promise<void> {
    this.store.dispose();
    return this.sandbox.close();
  }
}
