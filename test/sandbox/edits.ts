import type { SCMIntegrationJson } from './gen/gitpod/v1/runner_configuration_pb.js';
import type { RunnerJson } from './gen/gitpod/v1/runner_pb.js';
import type { EventJson } from './eventStreams.ts';
import type { Sandbox } from './sandbox.ts';

/*
 * Edits of a running sandbox's organization that also send the events that the API would send.
 */

type Edited = Pick<Sandbox, 'organization' | 'emit'>;

export function addRunner(sandbox: Edited, runner: RunnerJson): void {
  sandbox.organization = {
    ...sandbox.organization,
    runners: [...sandbox.organization.runners, runner],
  };
  sandbox.emit(runnerEvent('CREATE', runner.runnerId));
}

export function removeRunner(sandbox: Edited, runnerId: string): void {
  sandbox.organization = {
    ...sandbox.organization,
    runners: sandbox.organization.runners.filter((one) => one.runnerId !== runnerId),
  };
  sandbox.emit(runnerEvent('DELETE', runnerId));
}

/** Replaces fields of a runner. If only its status differs, the event says so. A new status has the current time. */
export function changeRunner(
  sandbox: Edited,
  { runnerId, ...changes }: RunnerJson & { runnerId: string },
): void {
  const updatedAt = new Date().toISOString();
  const statusOf = ({ status }: RunnerJson) =>
    changes.status && { status: { ...status, updatedAt, ...changes.status } };
  sandbox.organization = {
    ...sandbox.organization,
    runners: sandbox.organization.runners.map((one) =>
      one.runnerId === runnerId ? { ...one, ...changes, ...statusOf(one) } : one,
    ),
  };
  const isStatus = Object.keys(changes).every((name) => name === 'status');
  sandbox.emit(runnerEvent(isStatus ? 'UPDATE_STATUS' : 'UPDATE', runnerId));
}

export function addIntegration(sandbox: Edited, integration: SCMIntegrationJson): void {
  sandbox.organization = {
    ...sandbox.organization,
    integrations: [...sandbox.organization.integrations, integration],
  };
  sandbox.emit(integrationEvent('CREATE', integration.id), runnerEvent('UPDATE', integration.runnerId));
}

export function removeIntegration(sandbox: Edited, id: string): void {
  const { runnerId } = sandbox.organization.integrations.find((one) => one.id === id) ?? {};
  sandbox.organization = {
    ...sandbox.organization,
    integrations: sandbox.organization.integrations.filter((one) => one.id !== id),
  };
  sandbox.emit(integrationEvent('DELETE', id), runnerEvent('UPDATE', runnerId));
}

/** Replaces fields of an integration. */
export function changeIntegration(
  sandbox: Edited,
  { id, ...changes }: SCMIntegrationJson & { id: string },
): void {
  const { runnerId } = sandbox.organization.integrations.find((one) => one.id === id) ?? {};
  sandbox.organization = {
    ...sandbox.organization,
    integrations: sandbox.organization.integrations.map((one) =>
      one.id === id ? { ...one, ...changes } : one,
    ),
  };
  sandbox.emit(integrationEvent('UPDATE', id), runnerEvent('UPDATE', runnerId));
}

type Operation = 'CREATE' | 'UPDATE' | 'DELETE' | 'UPDATE_STATUS';

function runnerEvent(operation: Operation, resourceId = ''): EventJson {
  return { operation: `RESOURCE_OPERATION_${operation}`, resourceType: 'RESOURCE_TYPE_RUNNER', resourceId };
}

function integrationEvent(operation: Operation, resourceId = ''): EventJson {
  return {
    operation: `RESOURCE_OPERATION_${operation}`,
    resourceType: 'RESOURCE_TYPE_RUNNER_SCM_INTEGRATION',
    resourceId,
  };
}
