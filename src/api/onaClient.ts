import type { Call, ListCall } from './call.ts';
import type { HostAuthenticationToken } from './hostAuthenticationTokens.ts';
import {
  type AuthenticatedIdentity,
  GET_AUTHENTICATED_IDENTITY,
  GET_AUTHENTICATED_USER,
  GET_ORGANIZATION,
  type Organization,
  type User,
} from './identity.ts';
import type { LeftOut } from './leftOut.ts';
import { GET_RUNNER, LIST_RUNNERS, type Runner } from './runners.ts';
import type { RunnerSchema } from './runnerSchema.ts';
import type { Salvager } from './salvager.ts';
import { GET_SCM_INTEGRATION, LIST_SCM_INTEGRATIONS, type ScmIntegration } from './scmIntegrations.ts';
import {
  type CallOptions,
  type ConnectEndpoint,
  methodOf,
  type Procedure,
  unaryCall,
} from './transport/connect.ts';
import { isRefusal, OnaApiError } from './transport/errors.ts';
import { PAGE_SIZE } from './transport/limits.ts';
import { type Page, walkPages } from './transport/paging.ts';
import { decode, type Fault } from './wire.ts';

/** A page with more is not from this API, which was asked for `PAGE_SIZE`. */
const MAX_REJECTED = 100_000;

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

  /**
   * @param id a UUID
   * @throws OnaApiError with the code `not_found` if the integration is gone, if the key has no access to it, or if it has
   *   no resource of its own, because it is inherited from a manager of runners
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
    yield* this.#list(LIST_HOST_AUTHENTICATION_TOKENS, { filter: { subjectId } }, options);
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
   * @throws OnaApiError also if none of the list's items can be read, which is probably another version of the API, and if
   *   there are no runners because the key has no organization
   */
  async *#list<T extends Item>(
    call: ListCall<T>,
    request: object,
    options: CallOptions,
  ): AsyncGenerator<Page<T>, void, undefined> {
    const pages = walkPages(
      (token) => {
        // The token goes in the body: a Connect server does not read the query string of a POST.
        const pagination = token === undefined ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, token };
        return this.#call(call, { pagination, ...request }, options);
      },
      {
        method: methodOf(call.path),
        host: this.#host,
        log: this.#endpoint.log,
        keysOf: ({ items, rejected }) => [...items.map(keyOf), ...rejected.map(textOf)],
      },
    );
    let salvager: Salvager<T> | undefined;
    /** Those not yet in a page, because no item has been readable so far. */
    let held: readonly LeftOut[] = [];
    // Those of some runners say nothing about the API: there may be only one.
    let isReadable = 'filter' in request;
    try {
      for await (const { items, rejected, nextToken, fault } of pages) {
        if (rejected.length > MAX_REJECTED) {
          throw this.#failure(call, `more than ${MAX_REJECTED} items on a page could not be read`);
        }
        if (rejected.length > 0) {
          salvager ??= await salvagerOf(call);
        }
        const salvaged = salvager?.read(rejected);
        const all = salvaged === undefined ? items : [...items, ...salvaged.items];
        held = [...held, ...(salvaged?.leftOut ?? [])];
        isReadable ||= all.length > 0;
        const leftOut = isReadable ? held : [];
        held = isReadable ? [] : held;
        yield { items: all, nextToken, leftOut };
        if (fault !== undefined) {
          throw this.#misread(call, fault);
        }
      }
    } finally {
      salvager?.lines(methodOf(call.path)).forEach(this.#endpoint.log);
    }
    if (held[0] !== undefined) {
      throw this.#failure(call, `no item could be read: ${held[0].fault}`);
    }
    if (!isReadable && call.path === LIST_RUNNERS.path) {
      await this.#assertOrganization(options);
    }
  }

  /**
   * An organization without runners is rare. The list is empty too if the key has no organization, and a service that is
   * not an Ona API may answer anything with `{}`.
   *
   * @throws OnaApiError if the API does not name the organization, or does not answer
   */
  async #assertOrganization(options: CallOptions): Promise<void> {
    const identity = await this.getAuthenticatedIdentity(options).catch((error: unknown) => {
      if (isRefusal(error)) {
        // Only an Ona API refuses a call in this way.
        return undefined;
      }
      throw error;
    });
    if (identity?.organizationId === '') {
      throw this.#failure(GET_AUTHENTICATED_IDENTITY, 'no organization', 'noOrganization');
    }
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

interface Item {
  readonly id: string;
  readonly runnerId?: string;
}

/** Identifies an item of a list. One without an id is identified by all its fields. */
function keyOf(item: Item): string {
  // Inherited integrations have the same id on every runner.
  return item.id === '' ? JSON.stringify(item) : `${item.id} ${item.runnerId}`;
}

/** Identifies a malformed item, unless it is nested too deeply. */
function textOf(item: unknown): string {
  try {
    return JSON.stringify(item);
  } catch {
    return '';
  }
}

async function salvagerOf<T>({ item }: ListCall<T>, path?: string): Promise<Salvager<T>> {
  const { Salvager } = await import('./salvager.ts');
  return new Salvager(item, decode, path);
}
