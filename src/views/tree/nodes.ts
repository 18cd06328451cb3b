import type { OnaApiError } from '../../api/transport/errors.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { mapSteps } from '../../base/mapSteps.ts';
import { sameRef } from '../../inventory/itemRef.ts';
import { type RowsSummary, summaryOf } from './rowsSummary.ts';

/** Number of rows processed between two pauses. */
const STEP = 1000;

export class RunnerNode {
  readonly kind = 'runner';
  /** Unique in the tree, and the same after a refresh. */
  readonly treeId: string;
  readonly entry: RunnerEntry;
  /** The integrations under it: all of the entry's, or those that match a filter. */
  readonly shown: readonly IntegrationEntry[];
  #integrations: readonly IntegrationNode[] | undefined;

  constructor(treeId: string, entry: RunnerEntry, shown = entry.integrations) {
    this.treeId = treeId;
    this.entry = entry;
    this.shown = shown;
  }

  /** The rows of `shown`, created on demand: most runners are never expanded. */
  get integrations(): readonly IntegrationNode[] {
    return (this.#integrations ??= this.shown.map(this.#newRow()));
  }

  /** Creates the rows in steps, because there can be thousands. */
  *integrationSteps(): Generator<void, readonly IntegrationNode[], undefined> {
    const rows = this.#integrations ?? (yield* mapSteps(this.shown, STEP, this.#newRow()));
    // They may have been asked for during a pause.
    return (this.#integrations ??= rows);
  }

  #newRow(): (entry: IntegrationEntry) => IntegrationNode {
    const unique = uniqueIds();
    return (entry) => ({
      kind: 'integration',
      treeId: unique(`${this.treeId}/integration:${JSON.stringify(entry.integration.id)}`),
      entry,
      runner: this.entry,
    });
  }

  /** Of the runner itself and the integrations under it. */
  get summary(): RowsSummary {
    const { entry, shown } = this;
    return shown.length === entry.integrations.length ? entry : summaryOf(shown, entry.status.own);
  }

  /** Shown above the integrations if not all could be loaded. */
  get failure(): FailureNode | undefined {
    const { error } = this.entry;
    return error && { kind: 'failure', treeId: `${this.treeId}/failure`, error };
  }
}

/** Why the integrations of a runner could not be loaded. */
export interface FailureNode {
  readonly kind: 'failure';
  readonly treeId: string;
  readonly error: OnaApiError;
}

export interface IntegrationNode {
  readonly kind: 'integration';
  readonly treeId: string;
  readonly entry: IntegrationEntry;
  readonly runner: RunnerEntry;
  /** The group that it is in, if it is not under its runner. */
  readonly under?: {
    readonly grouping: 'provider' | 'host';
    /** Whether it is in the group of a host, but spells that host otherwise than the group's name. */
    readonly isVariant?: boolean;
  };
}

/** Integrations of one provider or host, which are then not under their runners. */
export interface GroupNode {
  readonly kind: 'group';
  readonly treeId: string;
  readonly grouping: 'provider' | 'host';
  /** The provider's name, or the host as most of the integrations spell it. */
  readonly name: string;
  readonly integrations: readonly IntegrationNode[];
  readonly summary: RowsSummary;
}

/** The runners that are in no group: those without integrations, and those some of whose integrations are missing. */
export interface RunnersWithoutIntegrationsNode {
  readonly kind: 'runnersWithoutIntegrations';
  readonly treeId: string;
  readonly runners: readonly RunnerNode[];
  readonly summary: RowsSummary;
}

/** A row at the top level. */
export type RootNode = RunnerNode | GroupNode | RunnersWithoutIntegrationsNode;

/** Stands for rows that are not shown: VS Code takes a quarter of a second for 20,000 of them. */
export interface MoreNode {
  readonly kind: 'more';
  readonly treeId: string;
  readonly shown: number;
  readonly of: number;
  readonly what: 'runners' | 'groups' | 'integrations';
}

export type TreeNode = RootNode | IntegrationNode | FailureNode | MoreNode;

/** The rows under a row. */
export function childrenOf(node: TreeNode): readonly TreeNode[] {
  switch (node.kind) {
    case 'runner':
      return node.failure === undefined ? node.integrations : [node.failure, ...node.integrations];
    case 'group':
      return node.integrations;
    case 'runnersWithoutIntegrations':
      return node.runners;
    case 'integration':
    case 'failure':
    case 'more':
      return [];
  }
}

/** Number of rows under a row. Does not create them. */
export function childCount(node: TreeNode): number {
  return node.kind === 'runner'
    ? node.shown.length + Number(node.entry.error !== undefined)
    : childrenOf(node).length;
}

/** The runners and integrations that a row stands for; a group stands for everything in it. */
export function itemsOf(node: TreeNode): readonly ItemEntry[] {
  switch (node.kind) {
    case 'runner':
      return [shownEntry(node)];
    case 'integration':
      return [node.entry];
    case 'group':
      return node.integrations.map(({ entry }) => entry);
    case 'runnersWithoutIntegrations':
      return node.runners.map(shownEntry);
    case 'failure':
    case 'more':
      return [];
  }
}

/** Under a filter, a row stands for the integrations that are shown, not for all of the runner's. */
function shownEntry({ entry, shown }: RunnerNode): RunnerEntry {
  return shown.length === entry.integrations.length ? entry : { ...entry, integrations: shown };
}

/** Whether a row is that of a runner or an integration, wherever it is in the tree. */
export function isRowOf(node: TreeNode, item: ItemEntry): boolean {
  return (node.kind === 'integration' || node.kind === 'runner') && sameRef(node.entry.ref, item.ref);
}

/**
 * Rows for runners, in the given order. In steps, because there can be thousands.
 *
 * @param before the previous rows: those of unchanged entries are kept
 */
export function* nodeSteps(
  runners: readonly RunnerEntry[],
  before: readonly RunnerNode[] = [],
): Generator<void, readonly RunnerNode[], undefined> {
  const known = new Map(before.map((node) => [node.entry, node]));
  const unique = uniqueIds();
  const nodes: RunnerNode[] = [];
  for (const runner of runners) {
    const treeId = unique(`runner:${JSON.stringify(runner.ref.runnerId)}`);
    const last = known.get(runner);
    nodes.push(last?.treeId === treeId ? last : new RunnerNode(treeId, runner));
    if (nodes.length % STEP === 0) {
      yield;
    }
  }
  return nodes;
}

/** Gives repeated IDs an ordinal: two rows with the same ID would blank the whole view. */
function uniqueIds(): (id: string) => string {
  const ordinals = new Map<string, number>();
  return (id) => {
    let ordinal = ordinals.get(id);
    if (ordinal === undefined) {
      ordinals.set(id, 1);
      return id;
    }
    let candidate: string;
    do {
      candidate = `${id}#${++ordinal}`;
    } while (ordinals.has(candidate));
    ordinals.set(candidate, 1).set(id, ordinal);
    return candidate;
  };
}
