import { integrationJson, runnerJson } from '../../formats/jsonText.ts';
import type { ItemNode } from '../tree/nodes.ts';

/** All that is known of a row, as JSON shows it. */
export function nodeJson(node: ItemNode): object {
  return node.kind === 'integration'
    ? integrationJson(node.integration)
    : runnerJson({ ...node, integrations: node.integrations.map(({ integration }) => integration) });
}
