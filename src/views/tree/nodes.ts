import type { OnaApiError } from '../../api/errors.ts';
import type { Runner, ScmIntegration } from '../../api/schema.ts';
import { byRunner } from '../../inventory/byRunner.ts';
import type { Rows } from '../../inventory/model.ts';
import { sortSteps } from '../../base/sortSteps.ts';

export interface RunnerNode {
  readonly kind: 'runner';
  /** Unique in the tree, and the same for the same thing after a refresh. */
  readonly id: string;
  /** As the API names it; empty where it sent none. */
  readonly runnerId: string;
  /** Undefined where integrations point at a runner that the list does not have. */
  readonly runner: Runner | undefined;
  readonly role: RunnerRole;
  readonly integrations: readonly IntegrationNode[];
  /** How many there are, where a filter lets through only some of them. */
  readonly filteredFrom?: number;
  /** There may be more: they have never been read to their end. */
  readonly integrationsPending: boolean;
  /** Stands under the runner where its integrations could not be loaded; what it has besides are the last good ones. */
  readonly failure: FailureNode | undefined;
}

/** Why the integrations of a runner could not be loaded. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly id: string;
  readonly error: OnaApiError;
}

export interface IntegrationNode {
  readonly kind: 'integration';
  readonly id: string;
  readonly integration: ScmIntegration;
  /** Inherited from a runner that Ona operates: it can be used, not changed. */
  readonly managed: boolean;
  /** Where it does not stand under its runner. */
  readonly under?: { readonly grouping: 'provider' | 'host'; readonly runner: RunnerNode };
}

/** What integrations have in common where they do not stand under their runners. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly grouping: 'provider' | 'host';
  /** An `scmId`, or a host. */
  readonly name: string;
  readonly integrations: readonly IntegrationNode[];
}

/** The runners that a tree of groups would not show: those without integrations, and those that could not be loaded. */
export interface RestNode {
  readonly kind: 'rest';
  readonly id: string;
  readonly runners: readonly RunnerNode[];
}

/** What stands for something of the organization: commands act on these. */
export type ItemNode = RunnerNode | IntegrationNode;

/** A row at the top, and what stands under it. */
export type RootNode = RunnerNode | GroupNode | RestNode;

/** Stands for the rows that a tree does not show: the editor takes a quarter of a second for 20,000 of them. */
export interface MoreNode {
  readonly kind: 'more';
  readonly id: string;
  readonly shown: number;
  readonly of: number;
  readonly what: 'runners' | 'groups' | 'integrations';
}

export type TreeNode = RootNode | IntegrationNode | FailureNode | MoreNode;

/** What stands under a row. */
export function childrenOf(node: TreeNode): readonly TreeNode[] {
  switch (node.kind) {
    case 'runner':
      return node.failure === undefined ? node.integrations : [node.failure, ...node.integrations];
    case 'group':
      return node.integrations;
    case 'rest':
      return node.runners;
    case 'integration':
    case 'failure':
    case 'more':
      return [];
  }
}

/**
 * `local` is the organization's shared configuration for local runners, which runs nothing itself; `managed` is
 * operated by Ona; `unknown` is not in the list of runners (no permission, or deleted meanwhile).
 */
export type RunnerRole = 'ordinary' | 'managed' | 'local' | 'unknown';

const byText = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** So many runners become nodes between two pauses. */
const STEP = 250;

/**
 * The tree: runners by name with their integrations by host, then the local runners' shared configuration, then runners
 * that are not listed. With pauses in between: many rows would keep the editor waiting.
 */
export function* groupSteps(rows: Rows): Generator<void, readonly RunnerNode[], undefined> {
  const groups = yield* byRunner(rows.integrations);
  const unique = uniqueIds();
  const nodes: RunnerNode[] = [];
  for (const runner of yield* sortSteps(rows.runners, compareRunners)) {
    nodes.push(runnerNode(rows, unique, runner.id, runner, groups.get(runner.id) ?? []));
    // Two runners of one id: the first has the integrations.
    groups.delete(runner.id);
    if (nodes.length % STEP === 0) {
      yield;
    }
  }
  if (rows.runnersComing === true) {
    return nodes;
  }
  for (const [runnerId, own] of yield* sortSteps([...groups], ([a], [b]) => compare(a, b))) {
    nodes.push(runnerNode(rows, unique, runnerId, undefined, own));
    if (nodes.length % STEP === 0) {
      yield;
    }
  }
  return nodes;
}

function runnerNode(
  { loadedRunners, failedRunners }: Rows,
  uniqueRoot: (id: string) => string,
  runnerId: string,
  runner: Runner | undefined,
  integrations: readonly ScmIntegration[],
): RunnerNode {
  const role = roleOf(runner);
  const unique = uniqueIds();
  const id = uniqueRoot(`runner:${JSON.stringify(runnerId)}`);
  const error = failedRunners?.get(runnerId);
  return {
    kind: 'runner',
    id,
    runnerId,
    runner,
    role,
    integrationsPending: loadedRunners?.has(runnerId) === false,
    failure: error && { kind: 'failure', id: `${id}/failure`, error },
    integrations: integrations.toSorted(compareIntegrations).map((integration) => ({
      kind: 'integration',
      id: unique(`${id}/integration:${JSON.stringify(integration.id)}`),
      integration,
      managed: role === 'managed',
    })),
  };
}

function roleOf(runner: Runner | undefined): RunnerRole {
  if (runner === undefined) {
    return 'unknown';
  }
  if (runner.kind === 'RUNNER_KIND_LOCAL_CONFIGURATION') {
    return 'local';
  }
  return runner.provider === 'RUNNER_PROVIDER_MANAGED' || runner.runnerManagerId !== ''
    ? 'managed'
    : 'ordinary';
}

function compareRunners(a: Runner, b: Runner): number {
  const byRole = Number(roleOf(a) === 'local') - Number(roleOf(b) === 'local');
  return byRole || compare(a.name, b.name) || compare(a.id, b.id) || compareWhole(a, b);
}

function compareIntegrations(a: ScmIntegration, b: ScmIntegration): number {
  return compare(a.host, b.host) || compare(a.scmId, b.scmId) || compare(a.id, b.id) || compareWhole(a, b);
}

/** What has the same name and id, or none, keeps its place by the rest of what it says. */
function compareWhole(a: object, b: object): number {
  return compare(JSON.stringify(a), JSON.stringify(b));
}

/** By the language's order; what that calls equal, by code units, so that the order never depends on the API's. */
export function compare(a: string, b: string): number {
  return byText.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** Gives repeated ids an ordinal: two rows of one id would blank the whole view. */
function uniqueIds(): (id: string) => string {
  const ordinals = new Map<string, number>();
  return (id) => {
    let candidate = id;
    let ordinal = ordinals.get(id) ?? 1;
    while (ordinals.has(candidate)) {
      candidate = `${id}#${++ordinal}`;
    }
    ordinals.set(candidate, 1).set(id, ordinal);
    return candidate;
  };
}
