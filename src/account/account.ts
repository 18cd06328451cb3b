import { createHash } from 'node:crypto';
import type { Subject } from '../api/identity.ts';
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
  /** The id of the key's owner. Earlier versions did not store it. */
  readonly subjectId?: string;
  /** The API's name for the kind of owner, e.g. `PRINCIPAL_USER`. Known if `subjectId` is. */
  readonly principal?: string;
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

/** The owner of the account's key; undefined if it is not known yet. */
export function ownerOf(account: Account | undefined): Subject | undefined {
  return account?.subjectId === undefined
    ? undefined
    : { id: account.subjectId, principal: account.principal ?? 'PRINCIPAL_UNSPECIFIED' };
}

/** Whether the same is known of both: the names, and the owner of the key. */
export function hasSameDetails(a: Account, b: Account): boolean {
  const details = ['organizationName', 'userName', 'subjectId', 'principal'] as const;
  return details.every((name) => a[name] === b[name]);
}

/**
 * Reads a stored account. The first version stored neither an address nor a time, the next one the `Date.now()` of the
 * sign-in as `signedInAt`, which simply counts as a number of the sequence.
 *
 * @returns undefined if the entry is not an account, or a key must not be sent to its address
 */
export function readAccount(entry: unknown): Account | undefined {
  const { origin, apiUrl, organizationId, organizationName, sequence, signedInAt, ...rest } = Object(
    entry,
  ) as Partial<Record<keyof Account | 'signedInAt', unknown>>;
  const { userName, subjectId, principal } = rest;
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
        // An empty one would name everybody.
        ...(typeof subjectId === 'string' && subjectId !== '' && { subjectId }),
        ...(typeof principal === 'string' && { principal }),
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
