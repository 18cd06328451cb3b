import * as v from 'valibot';
import { type ConnectEndpoint, unaryCall } from './connect.ts';
import { OnaApiError } from './errors.ts';
import { type Page, PAGE_SIZE, walkPages } from './paging.ts';
import {
  authenticatedIdentityResponse,
  type AuthenticatedIdentity,
  authenticatedUserResponse,
  listRunnersResponse,
  listScmIntegrationsResponse,
  type Organization,
  organizationResponse,
  type Runner,
  type ScmIntegration,
  type User,
} from './schema.ts';

/** The calls of the Ona API that this product uses, typed. Every one throws only `OnaApiError`. */
export class OnaClient {
  readonly #endpoint: ConnectEndpoint;
  readonly #host: string;

  constructor(endpoint: ConnectEndpoint) {
    this.#endpoint = endpoint;
    this.#host = new URL(endpoint.apiUrl).host;
  }

  /** `RunnerConfigurationService/ListSCMIntegrations`, page by page, unfiltered: all that the key may see, in no particular order. */
  listScmIntegrations(signal: AbortSignal): AsyncGenerator<readonly ScmIntegration[], void, undefined> {
    return this.#list(
      'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations',
      listScmIntegrationsResponse,
      signal,
    );
  }

  /** `RunnerService/ListRunners`, page by page: the runners that the key may see, in no particular order. */
  listRunners(signal: AbortSignal): AsyncGenerator<readonly Runner[], void, undefined> {
    return this.#list('gitpod.v1.RunnerService/ListRunners', listRunnersResponse, signal);
  }

  /** `IdentityService/GetAuthenticatedIdentity`: whose key this is, and so whether it works. */
  getAuthenticatedIdentity(signal: AbortSignal): Promise<AuthenticatedIdentity> {
    return this.#call(
      'gitpod.v1.IdentityService/GetAuthenticatedIdentity',
      {},
      authenticatedIdentityResponse,
      signal,
    );
  }

  /** `OrganizationService/GetOrganization` */
  getOrganization(organizationId: string, signal: AbortSignal): Promise<Organization> {
    return this.#call(
      'gitpod.v1.OrganizationService/GetOrganization',
      { organizationId },
      organizationResponse,
      signal,
    );
  }

  /** `UserService/GetAuthenticatedUser`: for people; the API refuses it to service accounts. */
  getAuthenticatedUser(signal: AbortSignal): Promise<User> {
    return this.#call('gitpod.v1.UserService/GetAuthenticatedUser', {}, authenticatedUserResponse, signal);
  }

  #list<T>(procedure: string, schema: Decoder<Page<T>>, signal: AbortSignal) {
    return walkPages(
      (token) => {
        // The token goes in the body: a Connect server does not read the query of a POST.
        const pagination = token === undefined ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, token };
        return this.#call(procedure, { pagination }, schema, signal);
      },
      { method: methodOf(procedure), host: this.#host },
    );
  }

  async #call<T>(procedure: string, request: object, schema: Decoder<T>, signal: AbortSignal): Promise<T> {
    const answer = await unaryCall(this.#endpoint, procedure, request, signal);
    const decoded = v.safeParse(schema, answer, { abortEarly: true });
    if (decoded.success) {
      return decoded.output;
    }
    const [issue] = decoded.issues;
    // The issue's own message quotes the value, which may be a secret: only path and expectation are told.
    const detail = `${v.getDotPath(issue) ?? 'the answer'} is not ${issue.expected ?? 'as expected'}`;
    const failure = new OnaApiError({
      problem: 'unexpectedAnswer',
      code: 'data_loss',
      method: methodOf(procedure),
      host: this.#host,
      detail,
    });
    this.#endpoint.log(failure.message);
    throw failure;
  }
}

type Decoder<T> = v.GenericSchema<unknown, T>;

function methodOf(procedure: string): string {
  return procedure.slice(procedure.indexOf('/') + 1);
}
