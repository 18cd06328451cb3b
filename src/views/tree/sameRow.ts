import type { RunnerNode, TreeNode } from './nodes.ts';

/** Whether a row and what stands directly under it are the same; unchanged data are the same objects (`freshList.ts`). */
export function sameRow(a: TreeNode, b: TreeNode): boolean {
  switch (a.kind) {
    case 'integration':
      return (
        b.kind === 'integration' &&
        a.integration === b.integration &&
        a.managed === b.managed &&
        sameOwner(a.under?.runner, b.under?.runner)
      );
    case 'failure':
      return b.kind === 'failure' && a.error === b.error;
    case 'more':
      return b.kind === 'more' && a.shown === b.shown && a.of === b.of;
    case 'runner':
      return (
        b.kind === 'runner' &&
        a.runner === b.runner &&
        a.integrationsPending === b.integrationsPending &&
        a.filteredFrom === b.filteredFrom &&
        a.failure?.error === b.failure?.error &&
        sameIds(a.integrations, b.integrations)
      );
    case 'group':
      return b.kind === 'group' && a.name === b.name && sameIds(a.integrations, b.integrations);
    case 'rest':
      return b.kind === 'rest' && sameIds(a.runners, b.runners);
  }
}

/** As far as the row of an integration tells of its runner. */
function sameOwner(a: RunnerNode | undefined, b: RunnerNode | undefined): boolean {
  return a?.role === b?.role && a?.runner?.name === b?.runner?.name && a?.runner?.phase === b?.runner?.phase;
}

function sameIds(a: readonly TreeNode[], b: readonly TreeNode[]): boolean {
  return a.length === b.length && a.every(({ id }, i) => id === b[i]?.id);
}
