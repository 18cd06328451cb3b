import { createHash } from 'node:crypto';
import { plainLine } from '../base/plainLine.ts';
import { parseApiUrl } from './apiUrl.ts';
import { withoutIcons } from '../base/text.ts';

/** The account that a stored key belongs to. It contains no secret. */
export interface Account {
  /** Origin of the API that the key is for and is sent to. */
  readonly origin: string;
  /** The API address that the key was entered for, at that origin. */
  readonly apiUrl: string;
  readonly organizationId: string;
  readonly organizationName: string;
  /** Undefined for a service account. */
  readonly userName?: string;
  /** When the account signed in, in the order of all sign-ins and sign-outs (`ApiKeys.nextSequence`). */
  readonly sequence: number;
}

/** A key belongs to one organization, so these two tell accounts apart. */
export function accountId({ origin, organizationId }: Pick<Account, 'origin' | 'organizationId'>): string {
  return `${origin}:${organizationId}`;
}

/** Names an account without revealing it: 128 bits of a hash of its ID. */
export function accountFingerprint(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 32);
}

export function isSameAccount(a: Account | undefined, b: Account | undefined): boolean {
  return a !== undefined && b !== undefined && accountId(a) === accountId(b);
}

export function hasSameNames(a: Account, b: Account): boolean {
  return a.organizationName === b.organizationName && a.userName === b.userName;
}

/**
 * Reads a stored account. The first version stored neither an address nor a time, the next one the `Date.now()` of the
 * sign-in as `signedInAt`, which simply counts as a number of the sequence.
 *
 * @returns undefined if the entry is not an account, or a key must not be sent to its address
 */
export function readAccount(entry: unknown): Account | undefined {
  const { origin, apiUrl, organizationId, organizationName, userName, sequence, signedInAt } = Object(
    entry,
  ) as Partial<Record<keyof Account | 'signedInAt', unknown>>;
  const number = sequence ?? signedInAt;
  return typeof origin === 'string' &&
    parseApiUrl(origin).ok &&
    typeof organizationId === 'string' &&
    typeof organizationName === 'string'
    ? {
        origin,
        apiUrl: typeof apiUrl === 'string' && apiUrl.startsWith(`${origin}/`) ? apiUrl : `${origin}/api`,
        organizationId,
        organizationName,
        ...(typeof userName === 'string' && { userName }),
        sequence: Number.isSafeInteger(number) ? (number as number) : 0,
      }
    : undefined;
}

/**
 * The name of an account, such as "Acme · Jane", for places that render theme icons. If another account
 * has the same name, in any of its forms, the host or the account ID is added. No two accounts share a name, whatever
 * their organizations are called.
 *
 * @param isTaken whether a name must not be used for another reason
 */
export function accountLabel(
  account: Account,
  all: readonly Account[],
  isTaken: (label: string) => boolean = () => false,
): string {
  const others = all.filter((other) => !isSameAccount(other, account)).flatMap(labelsOf);
  const labels = labelsOf(account);
  return labels.find((label) => !others.includes(label) && !isTaken(label)) ?? labels[3];
}

/** From short to unmistakable: two accounts may share any but the last one. */
function labelsOf(account: Account) {
  const { organizationName, userName, origin } = account;
  const names = userName === undefined ? [organizationName] : [organizationName, userName];
  const name = names.map((one) => plainLine(one, 60)).join(' · ');
  const id = accountId(account);
  const labelWith = (detail: string) => withoutIcons(`${name} (${plainLine(detail)})`);
  return [
    withoutIcons(name),
    labelWith(new URL(origin).host),
    labelWith(id),
    labelWith(accountFingerprint(id)),
  ] as const;
}
