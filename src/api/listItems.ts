import type { Call, ListCall } from './call.ts';
import { GET_AUTHENTICATED_IDENTITY } from './identity.ts';
import type { LeftOut } from './leftOut.ts';
import { LIST_RUNNERS } from './runners.ts';
import type { Salvager } from './salvager.ts';
import { type CallOptions, methodOf, type Procedure } from './transport/connect.ts';
import { isRefusal, type OnaApiError } from './transport/errors.ts';
import { PAGE_SIZE } from './transport/limits.ts';
import { type Page, walkPages } from './transport/paging.ts';
import { decode, type Fault } from './wire.ts';

/** A page with more is not from this API, which was asked for `PAGE_SIZE`. */
const MAX_REJECTED = 100_000;

/** What listing uses of the client. */
export interface ListParts {
  readonly host: string;
  readonly log: (line: string) => void;
  readonly call: <T>(call: Call<T>, request: object, options: CallOptions) => Promise<T>;
  readonly failure: (
    call: Procedure,
    detail: string,
    problem?: 'noOrganization' | 'unexpectedAnswer',
  ) => OnaApiError;
  readonly misread: (call: Procedure, fault: Fault) => OnaApiError;
}

/**
 * The items of a list, page by page.
 *
 * @throws OnaApiError also if none of the list's items can be read, which is probably another version of the API, and if
 *   there are no runners because the key has no organization
 */
export async function* listItems<T extends Item>(
  parts: ListParts,
  call: ListCall<T>,
  request: object,
  options: CallOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  const pages = walkPages(
    (token) => {
      // The token goes in the body: a Connect server does not read the query string of a POST.
      const pagination = token === undefined ? { pageSize: PAGE_SIZE } : { pageSize: PAGE_SIZE, token };
      return parts.call(call, { pagination, ...request }, options);
    },
    {
      method: methodOf(call.path),
      host: parts.host,
      log: parts.log,
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
        throw parts.failure(call, `more than ${MAX_REJECTED} items on a page could not be read`);
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
        throw parts.misread(call, fault);
      }
    }
  } finally {
    salvager?.lines(methodOf(call.path)).forEach(parts.log);
  }
  if (held[0] !== undefined) {
    throw parts.failure(call, `no item could be read: ${held[0].fault}`);
  }
  if (!isReadable && call.path === LIST_RUNNERS.path) {
    await assertOrganization(parts, options);
  }
}

/** Reads what it can of items that could not be decoded as they are. */
export async function salvagerOf<T>({ item }: ListCall<T>, path?: string): Promise<Salvager<T>> {
  const { Salvager } = await import('./salvager.ts');
  return new Salvager(item, decode, path);
}

/**
 * An organization without runners is rare. The list is empty too if the key has no organization, and a service that is
 * not an Ona API may answer anything with `{}`.
 *
 * @throws OnaApiError if the API does not name the organization, or does not answer
 */
async function assertOrganization({ call, failure }: ListParts, options: CallOptions): Promise<void> {
  const identity = await call(GET_AUTHENTICATED_IDENTITY, {}, options).catch((error: unknown) => {
    if (isRefusal(error)) {
      // Only an Ona API refuses a call in this way.
      return undefined;
    }
    throw error;
  });
  if (identity?.organizationId === '') {
    throw failure(GET_AUTHENTICATED_IDENTITY, 'no organization', 'noOrganization');
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
