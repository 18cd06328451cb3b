import * as v from 'valibot';
import { trimInvisible } from '../base/invisible.ts';
import type { Call } from './call.ts';
import { answer, flag, message, text } from './wire.ts';

/**
 * What `ValidateRunnerConfiguration` is asked about (API reference, section 3). There is no field for a client secret: none
 * is ever sent.
 */
export interface ValidatedConfiguration {
  /** A UUID; left out if the integration has none. */
  readonly id?: string;
  readonly scmId: string;
  readonly host: string;
  readonly pat: boolean;
  readonly oauthClientId?: string;
  readonly issuerUrl?: string;
  readonly virtualDirectory?: string;
}

/** What a runner says about the configuration of an integration. An error is empty if there is none. */
export interface ConfigurationValidation {
  readonly valid: boolean;
  readonly scmIdError: string;
  readonly hostError: string;
  readonly oauthError: string;
  readonly patError: string;
}

const line = v.pipe(text, v.transform(trimInvisible));

const RESULT = message({ valid: flag, scmIdError: line, hostError: line, oauthError: line, patError: line });

/**
 * The call goes to the runner. It is not marked as free of side effects, so it is never sent twice. Undefined if the runner
 * says nothing about the integration.
 */
export const VALIDATE_RUNNER_CONFIGURATION: Call<ConfigurationValidation | undefined> = {
  path: 'gitpod.v1.RunnerConfigurationService/ValidateRunnerConfiguration',
  noSideEffects: false,
  decoder: v.pipe(
    answer({ scmIntegration: v.nullish(RESULT), environmentClass: v.optional(v.unknown()) }),
    v.transform(({ scmIntegration }) => scmIntegration ?? undefined),
  ),
};
