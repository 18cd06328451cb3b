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

/** The calls of the Ona API that this product uses, typed. Every one throws only `OnaApiError`. */
export class OnaClient {
  readonly #endpoint: ConnectEndpoint;
  readonly #host: string;

  constructor(endpoint: ConnectEndpoint) {
    this.#endpoint = endpoint;
    this.#host = new URL(endpoint.apiUrl).host;
  }

  /**
   * The integrations that the key may see, or those of some runners: page by page, in no particular order.
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

  /** The runners that the key may see: page by page, in no particular order. */
  listRunners(options: CallOptions): AsyncGenerator<Page<Runner>, void, undefined> {
    return this.#list(LIST_RUNNERS, {}, options);
  }

  /** One runner. @param runnerId a UUID; fails with the code `not_found` if the key may not see it, or it is gone */
  getRunner(runnerId: string, options: CallOptions): Promise<Runner> {
    return this.#call(GET_RUNNER, { runnerId }, options);
  }

  /** Whose key this is, and so whether it works. */
  getAuthenticatedIdentity(options: CallOptions): Promise<AuthenticatedIdentity> {
    return this.#call(GET_AUTHENTICATED_IDENTITY, {}, options);
  }

  getOrganization(organizationId: string, options: CallOptions): Promise<Organization> {
    return this.#call(GET_ORGANIZATION, { organizationId }, options);
  }

  /** For people: the API refuses it to service accounts. */
  getAuthenticatedUser(options: CallOptions): Promise<User> {
    return this.#call(GET_AUTHENTICATED_USER, {}, options);
  }

  #list<T>(call: ListCall<T>, request: object, options: CallOptions) {
    return walkPages(
      (token) => {
        // The token goes in the body: a Connect server does not read the query of a POST.
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
      return decoded.output;
    }
    const [issue] = decoded.issues;
    // The issue's own message quotes the value, which may be a secret. Only its path and what was expected are safe.
    const detail = `${v.getDotPath(issue) ?? 'the answer'} is not ${issue.expected ?? 'as expected'}`;
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
