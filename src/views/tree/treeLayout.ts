import { compareText } from '../../base/compareText.ts';
import { mapSteps } from '../../base/mapSteps.ts';
import type { IntegrationEntry } from '../../inventory/groups.ts';
import type { Grouping } from '../../platform/settings.ts';
import type { Filter } from '../../inventory/filter.ts';
import { commonestSpelling } from '../../inventory/commonestSpelling.ts';
import { unicodeHostKey } from '../../inventory/hosts.ts';
import {
  type GroupNode,
  type IntegrationNode,
  type RunnersWithoutIntegrationsNode,
  type RootNode,
  RunnerNode,
} from './nodes.ts';
import { filterMessage } from './filterMessage.ts';
import { problemsFirstSteps } from './problemsFirst.ts';
import { summaryOf } from './rowsSummary.ts';
import { sortSteps } from '../../base/sortSteps.ts';

/** Which rows the user wants to see, and how they are grouped. */
export interface TreeOptions {
  readonly grouping: Grouping;
  /** Undefined to show all rows. */
  readonly filter: Filter | undefined;
  /** Whether rows are sorted by their worst status. Otherwise they are sorted by name. */
  readonly problemsFirst?: boolean;
}

/** The rows as the tree shows them, filtered and grouped. */
export interface TreeLayout extends TreeOptions {
  readonly roots: readonly RootNode[];
  readonly integrations: Count;
  readonly runners: Count;
  /** Of runners and integrations, under a filter by status. */
  readonly matches?: Count | undefined;
  /** How many rows match the filter, as a text; absent without a filter. */
  readonly filterMessage?: string | undefined;
}

export interface Count {
  readonly shown: number;
  readonly of: number;
}

/** Number of rows processed between two pauses. */
const STEP = 500;

/**
 * Filters and groups runners and their integrations, in steps. Tree IDs are unique across all layouts: VS Code stores
 * by them which rows are expanded, and that is a different matter under a filter.
 *
 * @param nodes the runners, sorted
 */
export function* layoutSteps(
  nodes: readonly RunnerNode[],
  { grouping, filter, problemsFirst = false }: TreeOptions,
): Generator<void, TreeLayout, undefined> {
  const { kept: runners, own } =
    filter === undefined ? { kept: nodes, own: 0 } : yield* filterSteps(nodes, filter);
  const roots = grouping === 'runner' ? runners : yield* regroupSteps(runners, grouping, filter);
  const integrations = { shown: countIntegrations(runners), of: countIntegrations(nodes) };
  const layout: TreeLayout = {
    grouping,
    filter,
    problemsFirst,
    roots: problemsFirst ? yield* problemsFirstSteps(roots) : roots,
    integrations,
    runners: { shown: runners.length, of: nodes.length },
  };
  if (filter === undefined) {
    return layout;
  }
  const matches = filter.isByStatus
    ? { shown: own + integrations.shown, of: nodes.length + integrations.of }
    : undefined;
  return { ...layout, matches, filterMessage: filterMessage({ ...layout, matches }) };
}

function countIntegrations(nodes: readonly RunnerNode[]): number {
  return nodes.reduce((sum, { shown }) => sum + shown.length, 0);
}

/**
 * Keeps a runner with all its integrations if it matches itself, otherwise only with those that match. A filter by status
 * keeps only those in any case: that a runner is offline says nothing of what it has.
 *
 * @returns also how many runners match themselves
 */
function* filterSteps(
  nodes: readonly RunnerNode[],
  filter: Filter,
): Generator<void, { kept: RunnerNode[]; own: number }, undefined> {
  const kept: RunnerNode[] = [];
  let own = 0;
  let processed = 0;
  for (const node of nodes) {
    const { entry, shown } = node;
    const isMatch = filter.matchesRunner(entry);
    own += Number(isMatch);
    if (isMatch && !filter.isByStatus) {
      kept.push(elsewhere(node, 'filter', shown));
    } else {
      const matching: IntegrationEntry[] = [];
      const matches = filter.testFor(entry);
      for (const [i, integration] of shown.entries()) {
        if (matches(integration)) {
          matching.push(integration);
        }
        if (i % STEP === STEP - 1) {
          yield;
        }
      }
      if (matching.length > 0 || isMatch) {
        kept.push(elsewhere(node, 'filter', matching));
      }
    }
    processed += 1 + shown.length;
    if (processed >= STEP) {
      processed = 0;
      yield;
    }
  }
  return { kept, own };
}

/** A row for the same runner elsewhere in the tree. */
function elsewhere(
  { treeId, entry }: RunnerNode,
  prefix: string,
  shown: readonly IntegrationEntry[],
): RunnerNode {
  return new RunnerNode(`${prefix}/${treeId}`, entry, shown);
}

/** The row in the group of its host. */
function spelled(row: IntegrationNode, groupName: string): IntegrationNode {
  return row.under === undefined || row.entry.integration.host === groupName
    ? row
    : { ...row, under: { ...row.under, isVariant: true } };
}

function* regroupSteps(
  runners: readonly RunnerNode[],
  grouping: 'provider' | 'host',
  filter: Filter | undefined,
): Generator<void, RootNode[], undefined> {
  const prefix = filter === undefined ? grouping : `filter/${grouping}`;
  const groups = new Map<string, IntegrationNode[]>();
  const withoutIntegrations: RunnerNode[] = [];
  let processed = 0;
  for (const runner of runners) {
    for (const row of yield* runner.integrationSteps()) {
      const key = grouping === 'provider' ? row.entry.integration.scmId : row.entry.hostKey;
      const treeId = `${prefix}/${row.treeId}`;
      const placed: IntegrationNode = { ...row, treeId, under: { grouping } };
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [placed]);
      } else {
        group.push(placed);
      }
      if (++processed % STEP === 0) {
        yield;
      }
    }
    if (runner.shown.length === 0 || runner.entry.error !== undefined || runner.entry.leftOut > 0) {
      // The integrations that it has are in their groups.
      withoutIntegrations.push(elsewhere(runner, `${prefix}/withoutIntegrations`, []));
    }
  }
  const named = yield* mapSteps([...groups], 100, ([key, integrations]) => {
    const name =
      grouping === 'provider'
        ? (integrations[0]?.entry.provider.name ?? '')
        : commonestSpelling(integrations.map(({ entry }) => entry.integration.host));
    return { key, name, order: grouping === 'provider' ? name : unicodeHostKey(key), integrations };
  });
  const roots: RootNode[] = [];
  for (const { key, name, integrations } of yield* sortSteps(named, (a, b) =>
    compareText(a.order, b.order),
  )) {
    const group: GroupNode = {
      kind: 'group',
      treeId: `${prefix}:${JSON.stringify(key)}`,
      grouping,
      name,
      // They are already sorted by runner.
      integrations:
        grouping === 'host'
          ? yield* mapSteps(integrations, STEP, (row) => spelled(row, name))
          : yield* sortSteps(integrations, (a, b) =>
              compareText(unicodeHostKey(a.entry.hostKey), unicodeHostKey(b.entry.hostKey)),
            ),
      summary: summaryOf(integrations.map(({ entry }) => entry)),
    };
    roots.push(group);
    if (roots.length % STEP === 0) {
      yield;
    }
  }
  if (withoutIntegrations.length > 0) {
    roots.push({
      kind: 'runnersWithoutIntegrations',
      treeId: `${prefix}/withoutIntegrations`,
      runners: withoutIntegrations,
      summary: summaryOf(withoutIntegrations.map(({ entry }) => entry)),
    } satisfies RunnersWithoutIntegrationsNode);
  }
  return roots;
}
