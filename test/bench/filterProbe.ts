import { ChangeMarks } from '../../src/inventory/changeMarks.ts';
import { Filter } from '../../src/inventory/filter.ts';
import { FILTER_WORDS } from '../../src/words/filter.ts';
import { IntegrationsTree } from '../../src/views/tree/integrationsTree.ts';
import { childrenOf, type TreeNode } from '../../src/views/tree/nodes.ts';
import { treeItemOf } from '../../src/views/tree/treeItem.ts';
import { answerBench } from './answerBench.ts';
import { decodeIntegrations, decodeRunners, pageTexts } from './decodedRows.ts';
import { layOutAll, groupAll } from './groupAll.ts';
import type { OrganizationSize } from './loadPlan.ts';

export interface FilterInput {
  readonly size: OrganizationSize;
  /** The box's text after each keystroke. */
  readonly texts: readonly string[];
  readonly repetitions: number;
  readonly warmUps: number;
}

/** The cost of one keystroke, in milliseconds of the extension host. */
export interface Keystroke {
  readonly text: string;
  readonly matches: number;
  /** Parse, match, lay out, compare, and return the rows that VS Code then requests. */
  readonly ours: readonly number[];
  /** A tree item for every row, searched for the text, as extensions do that filter what their tree shows. */
  readonly peer: readonly number[];
}

export function run(): Promise<void> {
  return answerBench((message): Promise<readonly Keystroke[]> => {
    const { size, texts, repetitions, warmUps } = message as FilterInput;
    const { runners, integrations } = pageTexts(size);
    const nodes = groupAll({
      runners: runners.flatMap((text) => decodeRunners(text).items),
      integrations: integrations.flatMap((text) => decodeIntegrations(text).items),
    });
    const found = texts.map((text) => ({ text, matches: 0, ours: [] as number[], peer: [] as number[] }));
    for (let round = 0; round < warmUps + repetitions; round++) {
      const tree = new IntegrationsTree(() => ({ signIns: undefined, apiUrl: undefined }), new ChangeMarks());
      tree.show(layOutAll(nodes, { grouping: 'runner', filter: undefined }));
      for (const keystroke of found) {
        const startedAt = performance.now();
        const filter = Filter.parse(keystroke.text, FILTER_WORDS);
        const layout = layOutAll(nodes, { grouping: 'runner', filter });
        tree.show(layout);
        handOver(tree);
        const endedAt = performance.now();
        lookThrough(nodes, keystroke.text);
        const peerEndedAt = performance.now();
        keystroke.matches = layout.integrations.shown;
        if (round >= warmUps) {
          keystroke.ours.push(endedAt - startedAt);
          keystroke.peer.push(peerEndedAt - endedAt);
        }
      }
      tree.dispose();
    }
    return Promise.resolve(found);
  });
}

/** All that VS Code requests: top-level rows, and the children of expanded rows. */
function handOver(tree: IntegrationsTree): void {
  for (const root of tree.getChildren()) {
    tree.getTreeItem(root);
    tree.getChildren(root).forEach((child) => tree.getTreeItem(child));
  }
}

function lookThrough(nodes: readonly TreeNode[], text: string): number {
  let matches = 0;
  for (const node of nodes) {
    const { label, description } = treeItemOf(node);
    const shown = [label, description].filter((part) => typeof part === 'string').join(' ');
    matches += Number(shown.toLowerCase().includes(text));
    matches += lookThrough(childrenOf(node), text);
  }
  return matches;
}
