import { deterministicUuid } from './deterministicUuid.ts';
import { emptyOrganization } from './emptyOrganization.ts';
import type { SandboxOrganization } from './sandbox.ts';

const providers = ['RUNNER_PROVIDER_AWS_EC2', 'RUNNER_PROVIDER_GCP', 'RUNNER_PROVIDER_MANAGED'] as const;
const scms = ['github', 'gitlab', 'bitbucket', 'azuredevops_entra', 'azuredevops_server'] as const;

/**
 * The requested numbers of runners and integrations, all in good order, the integrations assigned to runners in turn. If grouped, the same
 * integrations are in runner order: all of the first, then all of the second.
 */
export function largeOrganization(size: {
  runners: number;
  integrations: number;
  grouped?: true;
}): SandboxOrganization {
  const runners = Array.from({ length: size.runners }, (_, index) => ({
    runnerId: deterministicUuid(`large/runner/${index}`),
    name: `runner-${String(index).padStart(5, '0')}`,
    kind: 'RUNNER_KIND_REMOTE' as const,
    provider: around(providers, index),
    status: { phase: 'RUNNER_PHASE_ACTIVE' as const, version: '20260801.120' },
  }));
  const indexes = Array.from({ length: size.integrations }, (_, index) => index);
  if (size.grouped) {
    indexes.sort((a, b) => (a % size.runners) - (b % size.runners));
  }
  const integrations = indexes.map((index) => {
    const scmId = around(scms, index);
    return {
      id: deterministicUuid(`large/integration/${index}`),
      scmId,
      host: `${scmId.replace('_', '-')}-${index}.example.com`,
      pat: true,
      ...(scmId === 'azuredevops_server' && { virtualDirectory: '/tfs' }),
      runnerId: runners.length === 0 ? deterministicUuid('large/no runner') : around(runners, index).runnerId,
    };
  });
  const empty = emptyOrganization();
  return { ...empty, profile: { ...empty.profile, name: 'Large' }, runners, integrations };
}

function around<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}
