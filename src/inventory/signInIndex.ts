import type { HostAuthenticationToken } from '../api/hostAuthenticationTokens.ts';
import type { Subject } from '../api/identity.ts';
import type { IntegrationEntry, RunnerEntry } from './groups.ts';
import { hostKey } from './hosts.ts';
import type { SignIns } from './model.ts';

/** The sign-ins on record, by runner and host. */
export class SignInIndex {
  readonly signIns: SignIns;
  readonly #byRunner = new Map<string, Map<string, HostAuthenticationToken[]>>();

  constructor(signIns: SignIns) {
    this.signIns = signIns;
    for (const token of signIns.tokens) {
      const key = hostKey(token.host);
      // Without a host, it is a sign-in to nothing.
      if (key !== '') {
        const hosts = this.#byRunner.get(token.runnerId) ?? new Map<string, HostAuthenticationToken[]>();
        this.#byRunner.set(token.runnerId, hosts);
        hosts.set(key, [...(hosts.get(key) ?? []), token]);
      }
    }
  }

  get subject(): Subject {
    return this.signIns.subject;
  }

  get asOf(): Date {
    return this.signIns.asOf;
  }

  /**
   * The sign-ins to the host of an integration. One for the whole host counts for every path on it: a runner is asked
   * about hosts without a path. One that names its integration counts for that alone, as long as it exists.
   *
   * @returns undefined if it is not known whether there are any
   */
  of(
    { hostKey: key, integration }: IntegrationEntry,
    runner: RunnerEntry,
  ): readonly HostAuthenticationToken[] | undefined {
    // If some could not be read, that none was found proves nothing.
    const none = this.signIns.isPartial === true ? undefined : NONE;
    const hosts = this.#byRunner.get(integration.runnerId);
    if (hosts === undefined) {
      return none;
    }
    const ofPath = hosts.get(key) ?? NONE;
    const ofHost = key.includes('/') ? (hosts.get(key.slice(0, key.indexOf('/'))) ?? NONE) : NONE;
    if (ofPath.length + ofHost.length === 0) {
      // Like most integrations.
      return none;
    }
    const own = [...ofPath, ...ofHost].filter(
      ({ integrationId }) =>
        integrationId === '' ||
        integrationId === integration.id ||
        !runner.integrations.some((other) => other.integration.id === integrationId),
    );
    return own.length === 0 ? none : own;
  }
}

/** Identifies a sign-in until it is renewed. */
export function signInKey(token: HostAuthenticationToken): string {
  return `${token.id} ${endOf(token)?.toISOString() ?? ''}`;
}

const NONE: readonly HostAuthenticationToken[] = Object.freeze([]);

/**
 * When a sign-in ends; undefined if it does not, as far as is known. The end of an OAuth token says nothing: it is
 * refreshed. A time up to 1970 is no end either: programs send it if there is none.
 */
export function endOf({ source, expiresAt }: HostAuthenticationToken): Date | undefined {
  const end = source === 'HOST_AUTHENTICATION_TOKEN_SOURCE_PAT' ? new Date(expiresAt ?? NaN) : undefined;
  return end !== undefined && end.getTime() > 0 ? end : undefined;
}
