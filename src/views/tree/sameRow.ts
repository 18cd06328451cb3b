import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import type { TreeNode } from './nodes.ts';

/** Whether a row and those directly under it are unchanged. Unchanged data keeps its identity (`mergedList.ts`). */
export function sameRow(a: TreeNode, b: TreeNode): boolean {
  if (a === b) {
    return true;
  }
  switch (a.kind) {
    case 'integration':
      return (
        b.kind === 'integration' &&
        a.entry.integration === b.entry.integration &&
        a.entry.managed === b.entry.managed &&
        a.entry.hasDuplicate === b.entry.hasDuplicate &&
        a.under?.isVariant === b.under?.isVariant &&
        sameOwner(a.under?.runner, b.under?.runner)
      );
    case 'failure':
      return b.kind === 'failure' && a.error === b.error;
    case 'more':
      return b.kind === 'more' && a.shown === b.shown && a.of === b.of;
    case 'runner':
      return (
        b.kind === 'runner' &&
        a.entry.runner === b.entry.runner &&
        a.entry.isComplete === b.entry.isComplete &&
        a.entry.error === b.entry.error &&
        a.entry.leftOut === b.entry.leftOut &&
        a.entry.integrations.length === b.entry.integrations.length &&
        sameIntegrations(a.shown, b.shown)
      );
    case 'group':
      return b.kind === 'group' && a.name === b.name && sameIds(a.integrations, b.integrations);
    case 'runnersWithoutIntegrations':
      return b.kind === 'runnersWithoutIntegrations' && sameIds(a.runners, b.runners);
  }
}

/** Compares only what an integration's row shows of its runner. */
function sameOwner(a: RunnerEntry | undefined, b: RunnerEntry | undefined): boolean {
  return a?.role === b?.role && a?.runner?.name === b?.runner?.name && a?.phase === b?.phase;
}

/** Whether their rows would have the same tree IDs, without creating those rows. */
function sameIntegrations(a: readonly IntegrationEntry[], b: readonly IntegrationEntry[]): boolean {
  return a.length === b.length && a.every(({ integration }, i) => integration.id === b[i]?.integration.id);
}

function sameIds(a: readonly TreeNode[], b: readonly TreeNode[]): boolean {
  return a.length === b.length && a.every(({ treeId }, i) => treeId === b[i]?.treeId);
}
