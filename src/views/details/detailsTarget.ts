import type { ItemNode, RunnerNode, TreeNode } from '../tree/nodes.ts';
import type { DetailsTarget } from './messages.ts';

/** What tells the thing apart that a node stands for. */
export function targetOf(node: ItemNode): DetailsTarget {
  if (node.kind === 'runner') {
    return { kind: 'runner', runnerId: node.runnerId };
  }
  const { runnerId, id, scmId, host } = node.integration;
  return { kind: 'integration', runnerId, id, scmId, host };
}

/** The node that a panel is about, as it is now; undefined where it is gone. */
export function findTarget(nodes: readonly RunnerNode[], target: DetailsTarget): ItemNode | undefined {
  const runner = nodes.find(({ runnerId }) => runnerId === target.runnerId);
  if (target.kind === 'runner') {
    return runner;
  }
  return runner?.integrations.find(
    ({ integration: { id, scmId, host } }) =>
      id === target.id && scmId === target.scmId && host === target.host,
  );
}

/** Whether two rows stand for the same, wherever they stand in the tree. */
export function isSameItem(a: ItemNode, b: TreeNode): boolean {
  return (b.kind === 'integration' || b.kind === 'runner') && sameTarget(targetOf(a), targetOf(b));
}

/** Whether two panels would be about the same. */
export function sameTarget(a: DetailsTarget, b: DetailsTarget): boolean {
  if (a.kind === 'runner' || b.kind === 'runner') {
    return a.kind === b.kind && a.runnerId === b.runnerId;
  }
  return a.runnerId === b.runnerId && a.id === b.id && a.scmId === b.scmId && a.host === b.host;
}
