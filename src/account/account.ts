import { plainLine } from '../base/plainLine.ts';

/** Whom a stored key belongs to. Free of secrets: this is what stands in the index. */
export interface Account {
  /** Origin of the API that the key is for and travels to. */
  readonly origin: string;
  /** The address it was entered for, at that origin. */
  readonly apiUrl: string;
  readonly organizationId: string;
  readonly organizationName: string;
  /** Undefined for a service account. */
  readonly userName?: string;
  /** `Date.now()` of the sign-in: whoever has signed out before follows it. */
  readonly signedInAt: number;
}

/** A key belongs to one organization, so these two tell accounts apart. */
export function accountId({ origin, organizationId }: Pick<Account, 'origin' | 'organizationId'>): string {
  return `${origin}:${organizationId}`;
}

export function isSameAccount(a: Account | undefined, b: Account | undefined): boolean {
  return a !== undefined && b !== undefined && accountId(a) === accountId(b);
}

/** A stored account; one of the first version has no address and no time. Undefined where it is none. */
export function readAccount(entry: unknown): Account | undefined {
  const { origin, apiUrl, organizationId, organizationName, userName, signedInAt } = Object(entry) as Partial<
    Record<keyof Account, unknown>
  >;
  return typeof origin === 'string' &&
    URL.canParse(origin) &&
    typeof organizationId === 'string' &&
    typeof organizationName === 'string'
    ? {
        origin,
        apiUrl: typeof apiUrl === 'string' && apiUrl.startsWith(`${origin}/`) ? apiUrl : `${origin}/api`,
        organizationId,
        organizationName,
        ...(typeof userName === 'string' && { userName }),
        signedInAt: typeof signedInAt === 'number' ? signedInAt : 0,
      }
    : undefined;
}

/**
 * The name of an account: "Acme · Jane", with the host, then all that tells it apart behind it where another account would
 * have the same name. The editor keeps a person's consent by this name: no two may share it.
 */
export function accountLabel(account: Account, all: readonly Account[]): string {
  const name = nameOf(account);
  const namesakes = all.filter((other) => !isSameAccount(other, account) && nameOf(other) === name);
  if (namesakes.length === 0) {
    return name;
  }
  const host = hostOf(account);
  const detail = namesakes.every((other) => hostOf(other) !== host) ? host : accountId(account);
  return `${name} (${detail})`;
}

function nameOf({ organizationName, userName }: Account): string {
  const names = userName === undefined ? [organizationName] : [organizationName, userName];
  return names.map((name) => plainLine(name, 60)).join(' · ');
}

function hostOf({ origin }: Account): string {
  return new URL(origin).host;
}
