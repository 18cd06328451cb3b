import type { Runner, ScmIntegration } from '../api/schema.ts';
import type { ItemEntry, RunnerEntry } from '../inventory/groups.ts';

/** Indented by two; what is undefined is left out. */
export function jsonText(value: object | string): string {
  return JSON.stringify(value, undefined, 2);
}

/** A runner or an integration with everything that is known of it. */
export function itemJson(entry: ItemEntry): object {
  return entry.kind === 'runner' ? runnerJson(entry) : integrationJson(entry.integration);
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
function runnerJson({ ref, runner, integrations }: RunnerEntry): object {
  const own = integrations.map(({ integration }) => integrationJson(integration));
  return runner === undefined
    ? { id: ref.runnerId, integrations: own }
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
