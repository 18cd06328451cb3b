import * as v from 'valibot';
import type { Call, ListCall } from './call.ts';
import {
  type AuthenticatedIdentity,
  GET_AUTHENTICATED_IDENTITY,
  GET_AUTHENTICATED_USER,
  GET_ORGANIZATION,
  type Organization,
  type User,
} from './identity.ts';
import { GET_RUNNER, LIST_RUNNERS, type Runner } from './runners.ts';
import { LIST_SCM_INTEGRATIONS, type ScmIntegration } from './scmIntegrations.ts';
import { type CallOptions, type ConnectEndpoint, methodOf, unaryCall } from './transport/connect.ts';
import { OnaApiError } from './transport/errors.ts';
import { PAGE_SIZE } from './transport/limits.ts';
import { type Page, walkPages } from './transport/paging.ts';

/** The Ona API calls that the extension uses, typed. They throw only `OnaApiError`. */
export class OnaClient {
  readonly #endpoint: ConnectEndpoint;
  readonly #host: string;

  constructor(endpoint: ConnectEndpoint) {
    this.#endpoint = endpoint;
    this.#host = new URL(endpoint.apiUrl).host;
  }

  /**
   * The integrations that the key has access to, of all or some runners: page by page, in no particular order.
   *
   * @param runnerIds UUIDs, at most `MAX_FILTER_IDS`; all runners if empty
   */
  listScmIntegrations(
    options: CallOptions,
    runnerIds: readonly string[] = [],
  ): AsyncGenerator<Page<ScmIntegration>, void, undefined> {
    const filter = runnerIds.length === 0 ? {} : { filter: { runnerIds } };
    return this.#list(LIST_SCM_INTEGRATIONS, filter, options);
  }

  /** The runners that the key has access to: page by page, in no particular order. */
  listRunners(options: CallOptions): AsyncGenerator<Page<Runner>, void, undefined> {
    return this.#list(LIST_RUNNERS, {}, options);
  }

  /**
   * @param runnerId a UUID
   * @throws OnaApiError with the code `not_found` if the runner is gone or the key has no access to it
   */
  getRunner(runnerId: string, options: CallOptions): Promise<Runner> {
    return this.#call(GET_RUNNER, { runnerId }, options);
  }

  /** The owner of the key. Also shows whether the key works. */
  getAuthenticatedIdentity(options: CallOptions): Promise<AuthenticatedIdentity> {
    return this.#call(GET_AUTHENTICATED_IDENTITY, {}, options);
  }

  getOrganization(organizationId: string, options: CallOptions): Promise<Organization> {
    return this.#call(GET_ORGANIZATION, { organizationId }, options);
  }

  /** Only for people: the API rejects this call for service accounts. */
  getAuthenticatedUser(options: CallOptions): Promise<User> {
    return this.#call(GET_AUTHENTICATED_USER, {}, options);
  }

  #list<T>(call: ListCall<T>, request: object, options: CallOptions) {
    return walkPages(
      (token) => {
        // The token goes in the body: a Connect server does not read the query string of a POST.
        const pagination = token === undefined ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, token };
        return this.#call(call, { pagination, ...request }, options);
      },
      { method: methodOf(call.path), host: this.#host, log: this.#endpoint.log },
    );
  }

  async #call<T>(call: Call<T>, request: object, options: CallOptions): Promise<T> {
    const answer = await unaryCall(this.#endpoint, call, request, options);
    const decoded = v.safeParse(call.decoder, answer, { abortEarly: true });
    if (decoded.success) {
      this.#endpoint.gate.heardApi(this.#endpoint.apiUrl);
      return decoded.output;
    }
    const [issue] = decoded.issues;
    // The issue's own message quotes the value, which may be a secret. Only its path and expected type are safe.
    const detail = `${v.getDotPath(issue) ?? 'the response'} is not ${issue.expected ?? 'as expected'}`;
    const failure = new OnaApiError({
      problem: 'unexpectedAnswer',
      code: 'data_loss',
      method: methodOf(call.path),
      host: this.#host,
      detail,
    });
    this.#endpoint.log(failure.message);
    throw failure;
  }
}
