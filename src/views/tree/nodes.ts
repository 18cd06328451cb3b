import type { Runner, ScmIntegration } from '../../api/schema.ts';
import type { Rows } from '../../inventory/model.ts';

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
  /** There may be more: the list has never been read to its end. */
  readonly integrationsPending: boolean;
}

export interface IntegrationNode {
  readonly kind: 'integration';
  readonly id: string;
  readonly integration: ScmIntegration;
  /** Inherited from a runner that Ona operates: it can be used, not changed. */
  readonly managed: boolean;
}

export type TreeNode = RunnerNode | IntegrationNode;

/**
 * `local` is the organization's shared configuration for local runners, which runs nothing itself; `managed` is
 * operated by Ona; `unknown` is not in the list of runners (no permission, or deleted meanwhile).
 */
export type RunnerRole = 'ordinary' | 'managed' | 'local' | 'unknown';

/** Made with the first rows: a collator takes milliseconds, which an activation would wait for. */
let byText: Intl.Collator | undefined;

const grouped = new WeakMap<Rows, readonly RunnerNode[]>();

/**
 * The tree: runners by name with their integrations by host, then the local runners' shared configuration, then runners
 * that are not listed. The same rows give the same nodes: tree and panels share them.
 */
export function groupByRunner(rows: Rows): readonly RunnerNode[] {
  const nodes = grouped.get(rows) ?? group(rows);
  grouped.set(rows, nodes);
  return nodes;
}

function group({ runners, integrations, ...rest }: Rows): readonly RunnerNode[] {
  const integrationsPending: boolean = rest.integrationsPending ?? false;
  const byRunner = new Map<string, ScmIntegration[]>();
  for (const integration of integrations) {
    const own = byRunner.get(integration.runnerId);
    if (own === undefined) {
      byRunner.set(integration.runnerId, [integration]);
    } else {
      own.push(integration);
    }
  }
  const unique = uniqueIds();
  const listed = runners.toSorted(compareRunners).map((runner) => {
    const own = byRunner.get(runner.id) ?? [];
    byRunner.delete(runner.id);
    return runnerNode(
      unique(`runner:${JSON.stringify(runner.id)}`),
      runner.id,
      runner,
      own,
      integrationsPending,
    );
  });
  const unknown = [...byRunner]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([runnerId, own]) =>
      runnerNode(unique(`runner:${JSON.stringify(runnerId)}`), runnerId, undefined, own, integrationsPending),
    );
  return [...listed, ...unknown];
}

function runnerNode(
  id: string,
  runnerId: string,
  runner: Runner | undefined,
  integrations: readonly ScmIntegration[],
  integrationsPending: boolean,
): RunnerNode {
  const role = roleOf(runner);
  const unique = uniqueIds();
  return {
    kind: 'runner',
    id,
    runnerId,
    runner,
    role,
    integrationsPending,
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
function compare(a: string, b: string): number {
  byText ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return byText.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** Gives repeated ids an ordinal: two rows of one id would blank the whole view. */
function uniqueIds(): (id: string) => string {
  const used = new Set<string>();
  return (id) => {
    let candidate = id;
    for (let ordinal = 2; used.has(candidate); ordinal++) {
      candidate = `${id}#${ordinal}`;
    }
    used.add(candidate);
    return candidate;
  };
}
