import type * as v from 'valibot';
import type { ListCall } from './call.ts';
import { describe, essential, field, optional } from './described.ts';
import { subject } from './identity.ts';
import { enumName, list, messageOrDefault, pageOf, text } from './wire.ts';

/**
 * `HostAuthenticationToken` in the API reference, section 3. What it is a sign-in to is essential: without that, it could
 * be taken for one to another host.
 */
const HOST_AUTHENTICATION_TOKEN = describe({
  id: field(text, 'id'),
  runnerId: essential(field(text, 'runnerId')),
  /** As the `host` of an integration. */
  host: essential(field(text, 'host')),
  /** The API's name for the sign-in method, e.g. `HOST_AUTHENTICATION_TOKEN_SOURCE_PAT`. */
  source: field(enumName('HOST_AUTHENTICATION_TOKEN_SOURCE'), 'source'),
  /** RFC 3339, as the API sends it. */
  expiresAt: optional(text, 'expiresAt'),
  /** Often empty. The integration is then the one with the same runner and host. */
  integrationId: field(text, 'integrationId'),
  /** In the words of the host, e.g. `read:user`. */
  scopes: field(list(text), 'scopes'),
  /** Whose sign-in it is. */
  subject: field(messageOrDefault(subject), 'subject'),
});

/** A sign-in of a person or service account to a host, as Ona has it on record. Never contains the token itself. */
export type HostAuthenticationToken = v.InferOutput<typeof HOST_AUTHENTICATION_TOKEN.decoder>;

export const LIST_HOST_AUTHENTICATION_TOKENS: ListCall<HostAuthenticationToken> = {
  path: 'gitpod.v1.RunnerConfigurationService/ListHostAuthenticationTokens',
  noSideEffects: true,
  decoder: pageOf('tokens', HOST_AUTHENTICATION_TOKEN),
  item: HOST_AUTHENTICATION_TOKEN,
};
