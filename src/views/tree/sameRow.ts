import { isSameList } from '../../base/isSameList.ts';
import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import type { Reason } from '../../inventory/reasons.ts';
import type { ItemStatus } from '../../inventory/statuses.ts';
import { phaseReasons } from './integrationWords.ts';
import type { IntegrationNode, TreeNode } from './nodes.ts';
import { keepsOthers } from './rowParts.ts';
import type { RowsSummary } from './rowsSummary.ts';

/** Whether a row and those directly under it are unchanged. Unchanged data keeps its identity (`mergedList.ts`). */
export function sameRow(a: TreeNode, b: TreeNode): boolean {
  if (a === b) {
    return true;
  }
  switch (a.kind) {
    case 'integration':
      return b.kind === 'integration' && sameIntegration(a, b);
    case 'failure':
      return b.kind === 'failure' && a.error === b.error;
    case 'more':
      return b.kind === 'more' && a.shown === b.shown && a.of === b.of;
    case 'runner':
      return (
        b.kind === 'runner' &&
        a.entry.runner === b.entry.runner &&
        a.entry.usesShared === b.entry.usesShared &&
        a.entry.isComplete === b.entry.isComplete &&
        a.entry.error === b.entry.error &&
        a.entry.leftOut === b.entry.leftOut &&
        a.entry.integrations.length === b.entry.integrations.length &&
        sameStatus(a.entry.status, b.entry.status) &&
        sameSummary(a.summary, b.summary) &&
        sameIntegrations(a.shown, b.shown)
      );
    case 'group':
      return (
        b.kind === 'group' &&
        a.name === b.name &&
        a.integrations[0]?.entry.provider.icon === b.integrations[0]?.entry.provider.icon &&
        sameSummary(a.summary, b.summary) &&
        sameIds(a.integrations, b.integrations)
      );
    case 'runnersWithoutIntegrations':
      return (
        b.kind === 'runnersWithoutIntegrations' &&
        keepsOthers(a) === keepsOthers(b) &&
        sameSummary(a.summary, b.summary) &&
        sameIds(a.runners, b.runners)
      );
  }
}

function sameIntegration(a: IntegrationNode, b: IntegrationNode): boolean {
  return (
    sameEntry(a.entry, b.entry) &&
    a.under?.isVariant === b.under?.isVariant &&
    sameOwner(a.runner, b.runner, a.under !== undefined)
  );
}

function sameEntry(a: IntegrationEntry, b: IntegrationEntry): boolean {
  return (
    a === b ||
    (a.integration === b.integration &&
      a.managed === b.managed &&
      a.isInherited === b.isInherited &&
      a.hasDuplicate === b.hasDuplicate &&
      // A runner may name one of its providers late.
      a.provider.name === b.provider.name &&
      isSameList(a.signIns, b.signIns) &&
      (a.answers === b.answers || JSON.stringify(a.answers) === JSON.stringify(b.answers)) &&
      sameStatus(a.status, b.status))
  );
}

/**
 * Compares only what an integration's row and its tooltip show of its runner.
 *
 * @param isNamed whether the row says which runner that is, and how it is
 */
function sameOwner(a: RunnerEntry, b: RunnerEntry, isNamed: boolean): boolean {
  return (
    a === b ||
    (a.role === b.role &&
      a.runner?.name === b.runner?.name &&
      (a.status === b.status || sameReasons(phaseReasons(a), phaseReasons(b))) &&
      (!isNamed || a.phase === b.phase))
  );
}

function sameStatus(a: ItemStatus, b: ItemStatus): boolean {
  return (
    a === b ||
    (a.own === b.own &&
      a.effective === b.effective &&
      a.hint?.code === b.hint?.code &&
      a.signedIn === b.signedIn &&
      JSON.stringify(a.proof) === JSON.stringify(b.proof) &&
      sameReasons(a.reasons, b.reasons))
  );
}

function sameReasons(a: readonly Reason[], b: readonly Reason[]): boolean {
  return a === b || comparable(a) === comparable(b);
}

/** A refresh gives reasons from lists a new time. Rows do not show it, so it is not compared. */
function comparable(reasons: readonly Reason[]): string {
  return JSON.stringify(
    reasons.map(({ at, ...reason }) => (reason.source.startsWith('List') ? reason : [reason, at])),
  );
}

function sameSummary(a: RowsSummary, b: RowsSummary): boolean {
  const { broken, attention } = a.problems;
  return a.worst === b.worst && broken === b.problems.broken && attention === b.problems.attention;
}

/** Whether their rows would have the same tree IDs, without creating those rows. */
function sameIntegrations(a: readonly IntegrationEntry[], b: readonly IntegrationEntry[]): boolean {
  return a.length === b.length && a.every(({ integration }, i) => integration.id === b[i]?.integration.id);
}

function sameIds(a: readonly TreeNode[], b: readonly TreeNode[]): boolean {
  return a.length === b.length && a.every(({ treeId }, i) => treeId === b[i]?.treeId);
}
