import * as v from 'valibot';
import { type CallOptions, type ConnectEndpoint, methodOf, type Procedure, unaryCall } from './connect.ts';
import { OnaApiError } from './errors.ts';
import { PAGE_SIZE } from './limits.ts';
import { type Page, walkPages } from './paging.ts';
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

/** What is called, and whether the API's descriptors mark it `NO_SIDE_EFFECTS`. */
const procedures = {
  listScmIntegrations: {
    path: 'gitpod.v1.RunnerConfigurationService/ListSCMIntegrations',
    noSideEffects: true,
  },
  listRunners: { path: 'gitpod.v1.RunnerService/ListRunners', noSideEffects: true },
  getAuthenticatedIdentity: {
    path: 'gitpod.v1.IdentityService/GetAuthenticatedIdentity',
    noSideEffects: true,
  },
  getOrganization: { path: 'gitpod.v1.OrganizationService/GetOrganization', noSideEffects: true },
  getAuthenticatedUser: { path: 'gitpod.v1.UserService/GetAuthenticatedUser', noSideEffects: false },
} satisfies Record<string, Procedure>;

/** The calls of the Ona API that this product uses, typed. Every one throws only `OnaApiError`. */
export class OnaClient {
  readonly #endpoint: ConnectEndpoint;
  readonly #host: string;

  constructor(endpoint: ConnectEndpoint) {
    this.#endpoint = endpoint;
    this.#host = new URL(endpoint.apiUrl).host;
  }

  /**
   * `RunnerConfigurationService/ListSCMIntegrations`, page by page, in no particular order: all that the key may see,
   * or those of some runners.
   *
   * @param runnerIds at most `MAX_FILTER_IDS`, UUIDs all
   */
  listScmIntegrations(
    options: CallOptions,
    runnerIds: readonly string[] = [],
  ): AsyncGenerator<Page<ScmIntegration>, void, undefined> {
    const filter = runnerIds.length === 0 ? {} : { filter: { runnerIds } };
    return this.#list(procedures.listScmIntegrations, filter, listScmIntegrationsResponse, options);
  }

  /** `RunnerService/ListRunners`, page by page: the runners that the key may see, in no particular order. */
  listRunners(options: CallOptions): AsyncGenerator<Page<Runner>, void, undefined> {
    return this.#list(procedures.listRunners, {}, listRunnersResponse, options);
  }

  /** `IdentityService/GetAuthenticatedIdentity`: whose key this is, and so whether it works. */
  getAuthenticatedIdentity(options: CallOptions): Promise<AuthenticatedIdentity> {
    return this.#call(procedures.getAuthenticatedIdentity, {}, authenticatedIdentityResponse, options);
  }

  /** `OrganizationService/GetOrganization` */
  getOrganization(organizationId: string, options: CallOptions): Promise<Organization> {
    return this.#call(procedures.getOrganization, { organizationId }, organizationResponse, options);
  }

  /** `UserService/GetAuthenticatedUser`: for people; the API refuses it to service accounts. */
  getAuthenticatedUser(options: CallOptions): Promise<User> {
    return this.#call(procedures.getAuthenticatedUser, {}, authenticatedUserResponse, options);
  }

  #list<T>(procedure: Procedure, request: object, schema: Decoder<Page<T>>, options: CallOptions) {
    return walkPages(
      (token) => {
        // The token goes in the body: a Connect server does not read the query of a POST.
        const pagination = token === undefined ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, token };
        return this.#call(procedure, { pagination, ...request }, schema, options);
      },
      { method: methodOf(procedure.path), host: this.#host, log: this.#endpoint.log },
    );
  }

  async #call<T>(
    procedure: Procedure,
    request: object,
    schema: Decoder<T>,
    options: CallOptions,
  ): Promise<T> {
    const answer = await unaryCall(this.#endpoint, procedure, request, options);
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
      method: methodOf(procedure.path),
      host: this.#host,
      detail,
    });
    this.#endpoint.log(failure.message);
    throw failure;
  }
}

type Decoder<T> = v.GenericSchema<unknown, T>;
