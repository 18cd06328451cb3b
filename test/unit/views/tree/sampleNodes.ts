import assert from 'node:assert/strict';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import { nodeSteps, type IntegrationNode, type RunnerNode } from '../../../../src/views/tree/nodes.ts';
import type { SandboxOrganization } from '../../../sandbox/sandbox.ts';
import { atOnce } from '../../base/atOnce.ts';
import type { OrganizationFacts } from '../../../../src/inventory/statusFacts.ts';
import { sampleEntries } from '../../inventory/sampleEntries.ts';
import { withStatuses } from '../../inventory/withStatuses.ts';

export function nodesByRunner(
  data: InventoryData,
  facts: Partial<OrganizationFacts> = {},
  now?: Date,
): readonly RunnerNode[] {
  return atOnce(nodeSteps(withStatuses(data, facts, now)));
}

/** The rows of a sandbox organization, by default the sample. */
export function sampleNodes(
  organization?: Pick<SandboxOrganization, 'runners' | 'integrations'>,
  facts?: Partial<OrganizationFacts>,
  now?: Date,
): readonly RunnerNode[] {
  return atOnce(nodeSteps(sampleEntries(organization, facts, now)));
}

/** A runner by its name. */
export function runnerNode(nodes: readonly RunnerNode[], name: string): RunnerNode {
  const found = nodes.find(({ entry }) => entry.runner?.name === name);
  assert.ok(found, `There is no runner ${name}`);
  return found;
}

/** An integration by the name of its runner and its host. */
export function integrationNode(nodes: readonly RunnerNode[], name: string, host: string): IntegrationNode {
  const found = runnerNode(nodes, name).integrations.find(({ entry }) => entry.ref.host === host);
  assert.ok(found, `There is no integration ${host} on ${name}`);
  return found;
}
