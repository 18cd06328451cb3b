import type { OnaApiError } from '../../api/transport/errors.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { sameRef } from '../../inventory/itemRef.ts';

export class RunnerNode {
  readonly kind = 'runner';
  /** Unique in the tree, and the same for the same row after a refresh. */
  readonly treeId: string;
  readonly entry: RunnerEntry;
  /** The integrations that stand under it: all of the entry's, or those that a filter lets through. */
  readonly shown: readonly IntegrationEntry[];
  #integrations: readonly IntegrationNode[] | undefined;

  constructor(treeId: string, entry: RunnerEntry, shown = entry.integrations) {
    this.treeId = treeId;
    this.entry = entry;
    this.shown = shown;
  }

  /** The rows of `shown`, made on demand: most runners are never expanded. */
  get integrations(): readonly IntegrationNode[] {
    return (this.#integrations ??= integrationNodes(this.treeId, this.shown));
  }

  /** Stands above the integrations if they could not be loaded. */
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
  /** Where it stands instead of under its runner. */
  readonly under?: { readonly grouping: 'provider' | 'host'; readonly runner: RunnerEntry };
}

/** What integrations have in common that do not stand under their runners. */
export interface GroupNode {
  readonly kind: 'group';
  readonly treeId: string;
  readonly grouping: 'provider' | 'host';
  /** Of the provider, or the host as the first of them writes it. */
  readonly name: string;
  readonly integrations: readonly IntegrationNode[];
}

/** The runners that a tree of groups would not show: those without integrations, and those that could not be loaded. */
export interface RunnersWithoutIntegrationsNode {
  readonly kind: 'runnersWithoutIntegrations';
  readonly treeId: string;
  readonly runners: readonly RunnerNode[];
}

/** A row at the top, and what stands under it. */
export type RootNode = RunnerNode | GroupNode | RunnersWithoutIntegrationsNode;

/** Stands for the rows that a tree does not show: the editor takes a quarter of a second for 20,000 of them. */
export interface MoreNode {
  readonly kind: 'more';
  readonly treeId: string;
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
    case 'runnersWithoutIntegrations':
      return node.runners;
    case 'integration':
    case 'failure':
    case 'more':
      return [];
  }
}

/** How many rows stand under a row. */
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

/** Under a filter a row stands for the integrations that are shown, not for all that the runner has. */
function shownEntry({ entry, shown }: RunnerNode): RunnerEntry {
  return shown.length === entry.integrations.length ? entry : { ...entry, integrations: shown };
}

/** Whether a row is that of a runner or an integration, wherever it stands in the tree. */
export function isRowOf(node: TreeNode, item: ItemEntry): boolean {
  return (node.kind === 'integration' || node.kind === 'runner') && sameRef(node.entry.ref, item.ref);
}

/** How many runners become rows between two pauses. */
const STEP = 1000;

/**
 * Rows for runners, in the order given. In steps: there can be thousands.
 *
 * @param before the rows of the last time: those of entries that did not change are kept
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

function integrationNodes(parentId: string, entries: readonly IntegrationEntry[]): IntegrationNode[] {
  const unique = uniqueIds();
  return entries.map((entry) => ({
    kind: 'integration',
    treeId: unique(`${parentId}/integration:${JSON.stringify(entry.integration.id)}`),
    entry,
  }));
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
