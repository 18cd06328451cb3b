import * as v from 'valibot';
import type { Call } from './call.ts';
import { answer, flag, list, message, text } from './wire.ts';

const PAT = message({ createUrl: text, example: text, requiredScopes: list(text) });

/**
 * What a runner says about the owner of the key and a host (`CheckAuthenticationForHostResponse` in the API reference,
 * section 4). Addresses are whatever the runner sends. `authUrl`, which starts a sign-in and can carry a token, is dropped.
 */
export interface HostAccess {
  /** Whether the owner of the key is signed in to the host. */
  readonly authenticated: boolean;
  /** Present if the runner supports personal access tokens for this host. */
  readonly pat?: {
    /** The page of the host where a token is created; may be empty. */
    readonly createUrl: string;
    /** What a token looks like, e.g. `ghp_xxxx`; may be empty. */
    readonly example: string;
    /** In the words of the host, e.g. `read:user`. */
    readonly requiredScopes: readonly string[];
  };
}

/** The call goes to the runner. It is not marked as free of side effects, so it is never sent twice. */
export const CHECK_AUTHENTICATION_FOR_HOST: Call<HostAccess> = {
  path: 'gitpod.v1.RunnerService/CheckAuthenticationForHost',
  noSideEffects: false,
  decoder: v.pipe(
    answer({
      authenticated: flag,
      supportsPat: v.nullish(PAT),
      // Superseded by the one before.
      patSupported: flag,
      // Their presence shows that the answer is an Ona API's.
      supportsOauth2: v.optional(v.unknown()),
      scmId: v.optional(v.unknown()),
      scmName: v.optional(v.unknown()),
      authenticationUrl: v.optional(v.unknown()),
    }),
    v.transform(({ authenticated, supportsPat, patSupported }): HostAccess => {
      const pat = supportsPat ?? (patSupported ? NO_PAGES : undefined);
      return Object.freeze({ authenticated, ...(pat && { pat }) });
    }),
  ),
};

const NO_PAGES = Object.freeze({
  createUrl: '',
  example: '',
  requiredScopes: Object.freeze([]),
});
