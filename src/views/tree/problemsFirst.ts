import { mapSteps } from '../../base/mapSteps.ts';
import { isProblem, type Status } from '../../inventory/statuses.ts';
import { type RootNode, RunnerNode } from './nodes.ts';

/** Number of rows processed between two pauses. */
const STEP = 500;

/** Sorts rows, and those under them, by their worst status, in steps. Rows with the same status keep their order. */
export function* problemsFirstSteps(roots: readonly RootNode[]): Generator<void, RootNode[], undefined> {
  return worstFirst(yield* mapSteps(roots, STEP, sortedWithin), ({ summary }) => summary.worst);
}

function sortedWithin(node: RootNode): RootNode {
  const { broken, attention } = node.summary.problems;
  if (broken + attention === 0) {
    return node;
  }
  switch (node.kind) {
    case 'runner':
      return new RunnerNode(
        node.treeId,
        node.entry,
        worstFirst(node.shown, ({ status }) => status.own),
      );
    case 'group':
      return { ...node, integrations: worstFirst(node.integrations, ({ entry }) => entry.status.own) };
    case 'runnersWithoutIntegrations':
      return { ...node, runners: worstFirst(node.runners, ({ summary }) => summary.worst) };
  }
}

/** What works is not behind what is unchecked. */
function worstFirst<T>(items: readonly T[], statusOf: (item: T) => Status): T[] {
  return [
    ...items.filter((item) => statusOf(item) === 'broken'),
    ...items.filter((item) => statusOf(item) === 'attention'),
    ...items.filter((item) => !isProblem(statusOf(item))),
  ];
}
