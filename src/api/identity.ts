import * as v from 'valibot';
import type { Call } from './call.ts';
import { answer, enumName, messageOrDefault, text, valueOf } from './wire.ts';

/** The fields of a `Subject`: a person, a service account, a runner … */
export const subject = { id: text, principal: enumName('PRINCIPAL') };

/** The owner of a key or a token. */
export interface Subject {
  readonly id: string;
  /** The API's name for its kind, e.g. `PRINCIPAL_USER` or `PRINCIPAL_SERVICE_ACCOUNT`. */
  readonly principal: string;
}

const named = { id: text, name: text };

/** The owner of a key. A key belongs to one organization. */
export interface AuthenticatedIdentity {
  readonly subjectId: string;
  /** The API's name for the kind of subject, e.g. `PRINCIPAL_USER`. */
  readonly principal: string;
  readonly organizationId: string;
}

export const GET_AUTHENTICATED_IDENTITY: Call<AuthenticatedIdentity> = {
  path: 'gitpod.v1.IdentityService/GetAuthenticatedIdentity',
  noSideEffects: true,
  decoder: v.pipe(
    answer({ subject: messageOrDefault(subject), organizationId: text }),
    v.transform(({ subject: { id, principal }, organizationId }) =>
      Object.freeze({ subjectId: id, principal, organizationId }),
    ),
  ),
};

export interface Organization {
  readonly id: string;
  readonly name: string;
}

export const GET_ORGANIZATION: Call<Organization> = {
  path: 'gitpod.v1.OrganizationService/GetOrganization',
  noSideEffects: true,
  decoder: valueOf('organization', messageOrDefault(named)),
};

export interface User {
  readonly id: string;
  readonly name: string;
}

export const GET_AUTHENTICATED_USER: Call<User> = {
  path: 'gitpod.v1.UserService/GetAuthenticatedUser',
  noSideEffects: false,
  decoder: valueOf('user', messageOrDefault(named)),
};
