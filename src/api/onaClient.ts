import type { Call, ListCall } from './call.ts';
import type { ResourceEvent } from './events.ts';
import type { HostAccess } from './hostAccess.ts';
import type { HostAuthenticationToken } from './hostAuthenticationTokens.ts';
import {
  type AuthenticatedIdentity,
  GET_AUTHENTICATED_IDENTITY,
  GET_AUTHENTICATED_USER,
  GET_ORGANIZATION,
  type Organization,
  type User,
} from './identity.ts';
import { listItems, type ListParts, salvagerOf } from './listItems.ts';
import { GET_RUNNER, LIST_RUNNERS, type Runner } from './runners.ts';
import type { RunnerSchema } from './runnerSchema.ts';
import { GET_SCM_INTEGRATION, LIST_SCM_INTEGRATIONS, type ScmIntegration } from './scmIntegrations.ts';
import {
  type CallOptions,
  type ConnectEndpoint,
  methodOf,
  type Procedure,
  unaryCall,
} from './transport/connect.ts';
import type { StreamOptions } from './transport/connectStream.ts';
import { OnaApiError } from './transport/errors.ts';
import type { Page } from './transport/paging.ts';
import type { ConfigurationValidation, ValidatedConfiguration } from './validation.ts';
import { decode, type Fault } from './wire.ts';

/** The Ona API calls that the extension uses, typed. They throw only `OnaApiError`. */
export class OnaClient {
  readonly #endpoint: ConnectEndpoint;
  readonly #host: string;
  readonly #parts: ListParts;

  constructor(endpoint: ConnectEndpoint) {
    this.#endpoint = endpoint;
    this.#host = new URL(endpoint.apiUrl).host;
    this.#parts = {
      host: this.#host,
      log: endpoint.log,
      call: (call, request, options) => this.#call(call, request, options),
      failure: (...failed) => this.#failure(...failed),
      misread: (...misread) => this.#misread(...misread),
    };
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
    return listItems(this.#parts, LIST_SCM_INTEGRATIONS, filter, options);
  }

  /**
   * @param id a UUID
   * @throws OnaApiError with the code `not_found` if the integration is gone, if the key has no access to it, or if it
   *   has no resource of its own, because it is inherited from a manager of runners
   */
  getScmIntegration(id: string, options: CallOptions): Promise<ScmIntegration> {
    return this.#item(GET_SCM_INTEGRATION, 'integration.', { id }, options);
  }

  /**
   * The sign-ins to hosts that Ona has on record: page by page, in no particular order.
   *
   * @param subjectId of a person or a service account, a UUID; otherwise these would be the sign-ins of everybody
   */
  async *listHostAuthenticationTokens(
    subjectId: string,
    options: CallOptions,
  ): AsyncGenerator<Page<HostAuthenticationToken>, void, undefined> {
    const { LIST_HOST_AUTHENTICATION_TOKENS } = await import('./hostAuthenticationTokens.ts');
    yield* listItems(this.#parts, LIST_HOST_AUTHENTICATION_TOKENS, { filter: { subjectId } }, options);
  }

  /** The runners that the key has access to: page by page, in no particular order. */
  listRunners(options: CallOptions): AsyncGenerator<Page<Runner>, void, undefined> {
    return listItems(this.#parts, LIST_RUNNERS, {}, options);
  }

  /**
   * @param runnerId a UUID
   * @throws OnaApiError with the code `not_found` if the runner is gone or the key has no access to it
   */
  getRunner(runnerId: string, options: CallOptions): Promise<Runner> {
    return this.#item(GET_RUNNER, 'runner.', { runnerId }, options);
  }

  /**
   * What the runner could offer.
   *
   * @param runnerId a UUID
   * @throws OnaApiError also if the runner is not connected, with the code `failed_precondition`
   */
  async getRunnerConfigurationSchema(runnerId: string, options: CallOptions): Promise<RunnerSchema> {
    // Few windows ask.
    const { GET_RUNNER_CONFIGURATION_SCHEMA } = await import('./runnerSchema.ts');
    return this.#item(GET_RUNNER_CONFIGURATION_SCHEMA, 'schema.', { runnerId }, options);
  }

  /**
   * Asks a runner whether the owner of the key is signed in to a host.
   *
   * @param runnerId a UUID
   * @param host without a scheme or a path, e.g. `dev.azure.com` or `gitlab.example:8443`
   * @throws OnaApiError also if the runner is not active (`failed_precondition`) or too old (`unimplemented`)
   */
  async checkAuthenticationForHost(
    runnerId: string,
    host: string,
    options: CallOptions,
  ): Promise<HostAccess> {
    const { CHECK_AUTHENTICATION_FOR_HOST } = await import('./runnerChecks.ts');
    return this.#call(CHECK_AUTHENTICATION_FOR_HOST, { runnerId, host }, options);
  }

  /**
   * Asks a runner whether the configuration of an integration is valid. No secret is sent.
   *
   * @param runnerId a UUID
   * @returns undefined if the runner says nothing about it
   * @throws OnaApiError also if the key may not do this (`permission_denied`)
   */
  async validateScmIntegration(
    runnerId: string,
    scmIntegration: ValidatedConfiguration,
    options: CallOptions,
  ): Promise<ConfigurationValidation | undefined> {
    const { VALIDATE_RUNNER_CONFIGURATION } = await import('./runnerChecks.ts');
    return this.#call(VALIDATE_RUNNER_CONFIGURATION, { runnerId, scmIntegration }, options);
  }

  /**
   * What changes in the organization from now on, including events that only keep the stream alive. One that cannot be
   * read is skipped: reading the lists again will find what it was about.
   *
   * @throws OnaApiError as `serverStream` does
   */
  async *watchEvents(options: StreamOptions): AsyncGenerator<ResourceEvent, void, undefined> {
    const { serverStream, WATCH_EVENTS, WATCH_REQUEST } = await import('./watchEvents.ts');
    /** The paths that could not be read: what is wrong with one event is probably wrong with many. */
    const misread = new Set<string>();
    for await (const message of serverStream(this.#endpoint, WATCH_EVENTS, WATCH_REQUEST, options)) {
      const { value, fault } = decode(WATCH_EVENTS.decoder, message);
      if (fault === undefined) {
        yield value;
      } else if (!misread.has(fault.path)) {
        misread.add(fault.path);
        this.#misread(WATCH_EVENTS, fault);
      }
    }
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

  /**
   * One item, as far as it can be read.
   *
   * @param path of the item in the response, for the log; ends with a dot
   */
  async #item<T>(call: ListCall<T>, path: string, request: object, options: CallOptions): Promise<T> {
    const { items, rejected } = await this.#call(call, request, options);
    if (items[0] !== undefined) {
      return items[0];
    }
    const salvager = await salvagerOf(call, path);
    const { items: salvaged, leftOut } = salvager.read(rejected);
    if (salvaged[0] === undefined) {
      throw this.#failure(call, leftOut[0]?.fault ?? '');
    }
    salvager.lines(methodOf(call.path)).forEach(this.#endpoint.log);
    return salvaged[0];
  }

  async #call<T>(call: Call<T>, request: object, options: CallOptions): Promise<T> {
    const answer = await unaryCall(this.#endpoint, call, request, options);
    const { value, fault } = decode(call.decoder, answer);
    if (fault === undefined) {
      this.#endpoint.gate.setApiAnswered(this.#endpoint.apiUrl);
      return value;
    }
    throw this.#misread(call, fault);
  }

  #misread(call: Procedure, { path, expected }: Fault): OnaApiError {
    // An object without any of the expected fields, such as `{"error":"login required"}`, is somebody else's.
    const { apiUrl, gate } = this.#endpoint;
    const isForeign = path === '' && gate.hasApiAnswered(apiUrl);
    const detail = `${path || 'the response'} is not ${expected}`;
    return this.#failure(call, detail, isForeign ? 'intermediary' : 'unexpectedAnswer');
  }

  #failure(
    { path }: Procedure,
    detail: string,
    problem: 'intermediary' | 'noOrganization' | 'unexpectedAnswer' = 'unexpectedAnswer',
  ): OnaApiError {
    const { sentFrom } = this.#endpoint;
    const failure = new OnaApiError({
      problem,
      code: 'data_loss',
      method: methodOf(path),
      host: this.#host,
      httpStatus: 200,
      ...(sentFrom && { sentFrom }),
      detail,
    });
    this.#endpoint.log(failure.message);
    return failure;
  }
}
