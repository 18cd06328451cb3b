import { ChangeMarks } from '../../src/inventory/changeMarks.ts';
import type { ScmIntegration } from '../../src/api/scmIntegrations.ts';
import type { InventoryData } from '../../src/inventory/model.ts';
import { IntegrationsTree } from '../../src/views/tree/integrationsTree.ts';
import type { RunnerNode } from '../../src/views/tree/nodes.ts';
import type { TreeElement } from '../../src/views/tree/treeElement.ts';
import { layOutAll, groupAll } from './groupAll.ts';
import { answerBench } from './answerBench.ts';
import { decodeIntegrations, decodeRunners, pageTexts } from './decodedRows.ts';
import type { OrganizationSize } from './loadPlan.ts';

export interface TreeInput {
  readonly size: OrganizationSize;
  readonly repetitions: number;
  readonly warmUps: number;
}

/** How long a snapshot took to be shown, in milliseconds. */
export interface Shown {
  readonly grouped: number;
  /** Including comparing and firing the changes. */
  readonly compared: number;
  /** Rows returned to VS Code as it requests them after the event. */
  readonly handedOver: number;
  /** Rows that the event named; undefined if it named none, meaning the whole tree. */
  readonly fired: number | undefined;
}

export interface TreeOutput {
  readonly first: readonly Shown[];
  readonly same: readonly Shown[];
  readonly oneChanged: readonly Shown[];
}

export function run(): Promise<void> {
  return answerBench((message): Promise<TreeOutput> => {
    const { size, repetitions, warmUps } = message as TreeInput;
    const { runners, integrations } = pageTexts(size);
    const data: InventoryData = {
      runners: runners.flatMap((text) => decodeRunners(text).items),
      integrations: integrations.flatMap((text) => decodeIntegrations(text).items),
    };
    const output: Record<keyof TreeOutput, Shown[]> = { first: [], same: [], oneChanged: [] };
    for (let round = 0; round < warmUps + repetitions; round++) {
      const shown = snapshots(data);
      if (round >= warmUps) {
        output.first.push(shown.first);
        output.same.push(shown.same);
        output.oneChanged.push(shown.oneChanged);
      }
    }
    return Promise.resolve(output);
  });
}

/** Three snapshots in a new tree; VS Code knows every row from the second on, as all runners are expanded. */
function snapshots(data: InventoryData): Record<keyof TreeOutput, Shown> {
  const tree = new IntegrationsTree(() => ({ signIns: undefined, apiUrl: undefined }), new ChangeMarks());
  try {
    const first = show(tree, data, []);
    for (const root of tree.getChildren()) {
      tree.getChildren(root).forEach((child) => tree.getTreeItem(child));
    }
    const same = show(tree, { ...data, integrations: [...data.integrations] }, first.nodes);
    const changed = { ...data, integrations: withOneChanged(data.integrations) };
    const oneChanged = show(tree, changed, same.nodes);
    return { first: first.shown, same: same.shown, oneChanged: oneChanged.shown };
  } finally {
    tree.dispose();
  }
}

function withOneChanged(integrations: readonly ScmIntegration[]): ScmIntegration[] {
  const middle = Math.floor(integrations.length / 2);
  return integrations.map((integration, i) =>
    i === middle ? { ...integration, pat: !integration.pat } : integration,
  );
}

/** @param before the nodes of the previous snapshot */
function show(
  tree: IntegrationsTree,
  data: InventoryData,
  before: readonly RunnerNode[],
): { shown: Shown; nodes: readonly RunnerNode[] } {
  const fired: (TreeElement[] | undefined)[] = [];
  const listener = tree.onDidChangeTreeData((elements) => fired.push(elements));
  const startedAt = performance.now();
  const nodes = groupAll(data, before);
  const groupedAt = performance.now();
  tree.show(layOutAll(nodes, { grouping: 'runner', filter: undefined }));
  const comparedAt = performance.now();
  for (const elements of fired) {
    (elements ?? tree.getChildren()).forEach((element) => tree.getTreeItem(element));
  }
  const handedOverAt = performance.now();
  listener.dispose();
  const wholeTree = fired.includes(undefined);
  const shown = {
    grouped: groupedAt - startedAt,
    compared: comparedAt - groupedAt,
    handedOver: handedOverAt - comparedAt,
    fired: wholeTree ? undefined : fired.reduce((sum, elements) => sum + (elements?.length ?? 0), 0),
  };
  return { shown, nodes };
}
