import type { Sandbox } from './sandbox.ts';

/** Commands that change a running sandbox: how long it takes to answer, and a runner, for which it sends an event. */
export function curlExamples({
  controlUrl,
  organization,
}: Pick<Sandbox, 'controlUrl' | 'organization'>): readonly string[] {
  const runnerId = organization.runners.find(
    ({ status }) => status?.phase === 'RUNNER_PHASE_ACTIVE',
  )?.runnerId;
  const changes = [
    { latencyMs: 1000 },
    { changeRunner: { runnerId, status: { phase: 'RUNNER_PHASE_INACTIVE' } } },
  ];
  return changes.map((change) => `curl -X PATCH -d '${JSON.stringify(change)}' ${controlUrl}`);
}
