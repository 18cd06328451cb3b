import type { Account } from '../../../src/account/account.ts';

export const ONA = 'https://app.gitpod.io';
export const ACME = 'https://ona.acme.example';

let time = 1_000;

/** Each signed in after the previous one. */
export function account(origin: string, organizationId: string, rest: Partial<Account> = {}): Account {
  return {
    origin,
    apiUrl: `${origin}/api`,
    organizationId,
    organizationName: `Name of ${organizationId}`,
    userName: 'Jane',
    sequence: time++,
    ...rest,
  };
}
