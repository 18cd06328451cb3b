import * as v from 'valibot';
import { describe, essential, field, optional } from './described.ts';
import type { ListCall } from './call.ts';
import { subject } from './identity.ts';
import { enumName, flag, itemOf, list, message, messageOrDefault, number, pageOf, text } from './wire.ts';

/**
 * `Runner` in the API reference, section 4. Only the id is essential: nothing can be said about a runner without it,
 * whereas a name, kind or phase that cannot be read is shown like one that the API does not send.
 */
export const RUNNER = describe({
  id: essential(field(text, 'runnerId')),
  name: field(text, 'name'),
  kind: field(enumName('RUNNER_KIND'), 'kind'),
  provider: field(enumName('RUNNER_PROVIDER'), 'provider'),
  /** The actual phase, as opposed to `desiredPhase`. */
  phase: field(enumName('RUNNER_PHASE'), 'status.phase'),
  /** "Adds more context to the phase." */
  message: field(text, 'status.message'),
  version: field(text, 'status.version'),
  /** The actual region, or else the configured one, which is only a hint. */
  region: field(text, 'status.region', 'spec.configuration.region'),
  statusUpdatedAt: optional(text, 'status.updatedAt'),
  systemDetails: field(text, 'status.systemDetails'),
  capabilities: field(list(enumName('RUNNER_CAPABILITY')), 'status.capabilities'),
  /** Anything else that the runner reports about itself. */
  additionalInfo: field(list(message({ key: text, value: text })), 'status.additionalInfo'),
  gateway: field(messageOrDefault({ name: text, url: text, region: text }), 'status.gatewayInfo.gateway'),
  desiredPhase: field(enumName('RUNNER_PHASE'), 'spec.desiredPhase'),
  variant: field(enumName('RUNNER_VARIANT'), 'spec.variant'),
  releaseChannel: field(enumName('RUNNER_RELEASE_CHANNEL'), 'spec.configuration.releaseChannel'),
  autoUpdate: field(flag, 'spec.configuration.autoUpdate'),
  /** The hours of the day, in UTC, between which the runner may update itself. */
  updateWindow: optional(
    v.nullish(message({ startHour: number, endHour: number })),
    'spec.configuration.updateWindow',
  ),
  logLevel: field(enumName('LOG_LEVEL'), 'spec.configuration.logLevel'),
  devcontainerImageCacheEnabled: field(flag, 'spec.configuration.devcontainerImageCacheEnabled'),
  continuousProfiling: field(flag, 'spec.configuration.continuousProfiling'),
  metrics: field(
    messageOrDefault({ enabled: flag, url: text, managedMetricsEnabled: flag }),
    'spec.configuration.metrics',
  ),
  runnerManagerId: field(text, 'runnerManagerId'),
  creator: field(messageOrDefault(subject), 'creator'),
  createdAt: optional(text, 'createdAt'),
  updatedAt: optional(text, 'updatedAt'),
});

/** A runner with its status. Enum values have the API's names, e.g. `RUNNER_PHASE_ACTIVE`. */
export type Runner = v.InferOutput<typeof RUNNER.decoder>;

export const LIST_RUNNERS: ListCall<Runner> = {
  path: 'gitpod.v1.RunnerService/ListRunners',
  noSideEffects: true,
  decoder: pageOf('runners', RUNNER),
  item: RUNNER,
};

export const GET_RUNNER: ListCall<Runner> = {
  path: 'gitpod.v1.RunnerService/GetRunner',
  noSideEffects: true,
  decoder: itemOf('runner', RUNNER),
  item: RUNNER,
};
