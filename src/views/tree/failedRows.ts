import type { ItemChecks } from '../../checks/checkState.ts';
import type { TreeElement } from './treeElement.ts';
import type { TooltipContext } from './statusMarkdown.ts';

/** The rows whose tooltip says why a runner did not answer. */
export function failedRows(
  rows: Iterable<TreeElement>,
  { checksOf }: TooltipContext,
): readonly TreeElement[] {
  return [...rows].filter(({ node }) => node.kind === 'integration' && hasFailure(checksOf?.(node.entry)));
}

function hasFailure(checks: ItemChecks | undefined): boolean {
  return (checks?.access.lastFailure ?? checks?.validation.lastFailure) !== undefined;
}
