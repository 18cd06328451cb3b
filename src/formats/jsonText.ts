import type { Runner, ScmIntegration } from '../api/schema.ts';

/** A runner and what it reaches; without a `runner` where the list does not have it. */
export interface RunnerWithIntegrations {
  readonly runnerId: string;
  readonly runner: Runner | undefined;
  readonly integrations: readonly ScmIntegration[];
}

/** Indented by two; what is undefined is left out. */
export function jsonText(value: object | string): string {
  return JSON.stringify(value, undefined, 2);
}

/** An integration with every field that was decoded, always in this order. */
export function integrationJson(integration: ScmIntegration): object {
  const { id, runnerId, scmId, host, oauth, pat, virtualDirectory } = integration;
  return {
    id,
    runnerId,
    scmId,
    host,
    oauth: oauth && ordered(oauth, ['clientId', 'issuerUrl', 'clientSecretSet']),
    pat,
    virtualDirectory,
  } satisfies Record<keyof ScmIntegration, unknown>;
}

/** A runner with every field that was decoded, always in this order, then its integrations in the order given. */
export function runnerJson({ runnerId, runner, integrations }: RunnerWithIntegrations): object {
  const own = integrations.map(integrationJson);
  return runner === undefined
    ? { id: runnerId, integrations: own }
    : { ...runnerFields(runner), integrations: own };
}

function runnerFields(runner: Runner): Record<keyof Runner, unknown> {
  return {
    id: runner.id,
    name: runner.name,
    kind: runner.kind,
    provider: runner.provider,
    phase: runner.phase,
    message: runner.message,
    version: runner.version,
    region: runner.region,
    statusUpdatedAt: runner.statusUpdatedAt,
    systemDetails: runner.systemDetails,
    capabilities: runner.capabilities,
    additionalInfo: runner.additionalInfo.map((info) => ordered(info, ['key', 'value'])),
    gateway: ordered(runner.gateway, ['name', 'url', 'region']),
    desiredPhase: runner.desiredPhase,
    variant: runner.variant,
    releaseChannel: runner.releaseChannel,
    autoUpdate: runner.autoUpdate,
    updateWindow: runner.updateWindow && ordered(runner.updateWindow, ['startHour', 'endHour']),
    logLevel: runner.logLevel,
    devcontainerImageCacheEnabled: runner.devcontainerImageCacheEnabled,
    continuousProfiling: runner.continuousProfiling,
    metrics: ordered(runner.metrics, ['enabled', 'url', 'managedMetricsEnabled']),
    runnerManagerId: runner.runnerManagerId,
    creator: ordered(runner.creator, ['id', 'principal']),
    createdAt: runner.createdAt,
    updatedAt: runner.updatedAt,
  };
}

/** The fields named, in that order: an object need not have them in the order it was declared with. */
function ordered<T extends object>(value: T, keys: readonly (keyof T)[]): object {
  return Object.fromEntries(keys.map((key) => [key, value[key]]));
}
