import * as v from 'valibot';
import { listRunnersResponse, listScmIntegrationsResponse } from '../../src/api/schema.ts';
import type { IntegrationNode, RunnerNode } from '../../src/views/tree/nodes.ts';
import { sampleOrganization } from '../sandbox/sampleOrganization.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';
import { groupByRunner } from './views/tree/groupByRunner.ts';

/** The rows of an organization of the sandbox, by default the sample, as they are decoded and grouped. */
export function sampleNodes(
  { runners, integrations }: Pick<SandboxOrganization, 'runners' | 'integrations'> = sampleOrganization(),
): readonly RunnerNode[] {
  return groupByRunner({
    runners: v.parse(listRunnersResponse, { runners }).items,
    integrations: v.parse(listScmIntegrationsResponse, { integrations }).items,
  });
}

/** A runner by its name. */
export function runnerNode(nodes: readonly RunnerNode[], name: string): RunnerNode {
  const found = nodes.find(({ runner }) => runner?.name === name);
  if (found === undefined) {
    throw new Error(`There is no runner ${name}`);
  }
  return found;
}

/** An integration by the name of its runner and its host. */
export function integrationNode(nodes: readonly RunnerNode[], name: string, host: string): IntegrationNode {
  const found = runnerNode(nodes, name).integrations.find(({ integration }) => integration.host === host);
  if (found === undefined) {
    throw new Error(`There is no integration ${host} on ${name}`);
  }
  return found;
}
