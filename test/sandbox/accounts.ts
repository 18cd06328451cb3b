import { Code, ConnectError, createContextKey } from '@connectrpc/connect';
import type { SubjectJson } from './gen/gitpod/v1/identity_pb.js';
import type { Sandbox, SandboxAccount, SandboxOrganization } from './sandbox.ts';

export const accountKey = createContextKey<SandboxAccount | undefined>(undefined);

/** The account of an `Authorization` header; undefined if the key is missing or wrong. */
export function accountOf(
  keys: Sandbox['keys'],
  authorization: string | null | undefined,
): SandboxAccount | undefined {
  return authorization?.startsWith('Bearer ') === true
    ? keys.get(authorization.slice('Bearer '.length))
    : undefined;
}

/** @throws ConnectError unauthenticated without an account */
export function requireAccount(account: SandboxAccount | undefined): SandboxAccount {
  if (account === undefined) {
    throw new ConnectError('invalid token', Code.Unauthenticated);
  }
  return account;
}

export function subjectOf(account: SandboxAccount, organization: SandboxOrganization): SubjectJson {
  return account.principal === 'user'
    ? { id: organization.user.id, principal: 'PRINCIPAL_USER' }
    : { id: account.id, principal: 'PRINCIPAL_SERVICE_ACCOUNT' };
}
