import { plainLine } from '../base/plainLine.ts';

/** The account that a stored key belongs to. It contains no secret: the index holds it in plain text. */
export interface Account {
  /** Origin of the API that the key is for and is sent to. */
  readonly origin: string;
  /** The API address that the key was entered for, at that origin. */
  readonly apiUrl: string;
  readonly organizationId: string;
  readonly organizationName: string;
  /** Undefined for a service account. */
  readonly userName?: string;
  /** `Date.now()` of the sign-in. Windows that signed out earlier sign in again. */
  readonly signedInAt: number;
}

/** A key belongs to one organization, so these two tell accounts apart. */
export function accountId({ origin, organizationId }: Pick<Account, 'origin' | 'organizationId'>): string {
  return `${origin}:${organizationId}`;
}

export function isSameAccount(a: Account | undefined, b: Account | undefined): boolean {
  return a !== undefined && b !== undefined && accountId(a) === accountId(b);
}

/**
 * Reads an account from the index. Entries of the first version have neither an address nor a time.
 *
 * @returns undefined if the entry is not an account
 */
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
 * The name of an account, such as "Acme · Jane". If another account has the same name, the host is added or, if that is
 * the same too, the account ID. VS Code stores the user's consent by this name, so no two accounts may share one.
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
