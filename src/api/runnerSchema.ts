import * as v from 'valibot';
import { redactCredentials } from '../base/credentials.ts';
import type { ListCall } from './call.ts';
import { describe, field, nested } from './described.ts';
import { itemOf, list, text } from './wire.ts';

/** Nothing can be said about a provider without it. */
const scmId = v.pipe(
  text,
  v.check((id) => id !== ''),
);

/**
 * Has no scheme, but may have a port or a path. `redactField` does not know that it is an address, because entries of a
 * list have no name.
 */
const host = v.pipe(
  text,
  v.transform((sent) => redactCredentials(sent, 'address')),
);

const OAUTH = describe({ callbackUrl: field(text, 'callbackUrl') });

const PAT = describe({
  /** What a token needs, in the API's own words. */
  description: field(text, 'description'),
  /** How to create a token; any address. */
  docsUrl: field(text, 'docsLink'),
});

const SCHEMA_PROVIDER = describe({
  scmId: field(scmId, 'scmId'),
  name: field(text, 'name'),
  defaultHosts: field(list(host), 'defaultHosts'),
  /** Present if the runner supports OAuth with this provider. */
  oauth: nested(OAUTH, 'oauth'),
  /** Present if the runner supports personal access tokens with this provider. */
  pat: nested(PAT, 'pat'),
});

/** A source-control provider that a runner supports. */
export type SchemaProvider = v.InferOutput<typeof SCHEMA_PROVIDER.decoder>;

const RUNNER_SCHEMA = describe({
  version: field(text, 'version'),
  /** A malformed one is left out, and `providers` is then in `unread`. */
  providers: field(list(SCHEMA_PROVIDER.decoder), 'scm'),
});

/** What a runner could offer: the part of `RunnerConfigurationSchema` about providers (API reference, section 3). */
export type RunnerSchema = v.InferOutput<typeof RUNNER_SCHEMA.decoder>;

export const GET_RUNNER_CONFIGURATION_SCHEMA: ListCall<RunnerSchema> = {
  path: 'gitpod.v1.RunnerConfigurationService/GetRunnerConfigurationSchema',
  noSideEffects: true,
  decoder: itemOf('schema', RUNNER_SCHEMA, {}),
  item: RUNNER_SCHEMA,
};
