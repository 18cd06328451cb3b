import type { HostAuthenticationToken } from '../../../../src/api/hostAuthenticationTokens.ts';
import type { LeftOut } from '../../../../src/api/leftOut.ts';
import type { CallOptions } from '../../../../src/api/transport/connect.ts';
import { OnaApiError, type OnaApiErrorOptions } from '../../../../src/api/transport/errors.ts';
import type { Page } from '../../../../src/api/transport/paging.ts';
import type { Runner } from '../../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import type { ListClient } from '../../../../src/inventory/load/listParts.ts';
import type { SignInClient } from '../../../../src/inventory/load/signInList.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';
import { orAborted } from '../../api/testClient.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';

/** A request for one page or one runner. */
export interface PageCall {
  readonly list: 'runners' | 'integrations' | 'runner' | 'signIns';
  /** Those of the filter; none for the plain list; or the one. */
  readonly runnerIds: readonly string[];
  /** Zero-based. */
  readonly page: number;
  readonly options: CallOptions;
}

export interface Lists {
  readonly runners: readonly Runner[];
  readonly integrations: readonly ScmIntegration[];
}

/** What of the lists cannot be read. */
export type LeftOutLists = Partial<Record<'runners' | 'integrations' | 'signIns', readonly LeftOut[]>>;

/**
 * A client of in-memory lists. Each page waits for `answer`, which may delay it, fail it, or end it with the call's
 * signal.
 */
export class MemoryClient implements ListClient, SignInClient {
  readonly calls: PageCall[] = [];
  lists: Lists;
  /** Comes with the first pages. A filter applies to those whose runner is known. */
  leftOut: LeftOutLists = {};
  /** Of anybody: the filter is ignored. */
  signIns: readonly HostAuthenticationToken[] = [];
  readonly #pageSize: number;
  readonly #answer: (call: PageCall) => Promise<void> | undefined;

  constructor(
    lists: Lists,
    answer: (call: PageCall) => Promise<void> | undefined = () => undefined,
    { pageSize = 100 } = {},
  ) {
    this.lists = lists;
    this.#answer = answer;
    this.#pageSize = pageSize;
  }

  /** The requested filters, without those of later pages. */
  get chunks(): (readonly string[])[] {
    return this.calls.flatMap(({ list, runnerIds, page }) =>
      list === 'integrations' && runnerIds.length > 0 && page === 0 ? [runnerIds] : [],
    );
  }

  listRunners(options: CallOptions): AsyncGenerator<Page<Runner>, void, undefined> {
    return this.#walk(this.lists.runners, this.leftOut.runners, { list: 'runners', runnerIds: [], options });
  }

  listScmIntegrations(
    options: CallOptions,
    runnerIds: readonly string[] = [],
  ): AsyncGenerator<Page<ScmIntegration>, void, undefined> {
    const wanted = new Set(runnerIds);
    const all = this.lists.integrations;
    const own = wanted.size === 0 ? all : all.filter(({ runnerId }) => wanted.has(runnerId));
    const leftOut = this.leftOut.integrations?.filter(
      ({ runnerId }) => wanted.size === 0 || runnerId === undefined || wanted.has(runnerId),
    );
    return this.#walk(own, leftOut, { list: 'integrations', runnerIds, options });
  }

  listHostAuthenticationTokens(
    _subjectId: string,
    options: CallOptions,
  ): AsyncGenerator<Page<HostAuthenticationToken>, void, undefined> {
    return this.#walk(this.signIns, this.leftOut.signIns, { list: 'signIns', runnerIds: [], options });
  }

  async getRunner(id: string, options: CallOptions): Promise<Runner> {
    await this.#asked({ list: 'runner', runnerIds: [id], page: 0, options });
    const found = this.lists.runners.find((runner) => runner.id === id);
    if (found === undefined) {
      throw apiError({ problem: 'refused', code: 'not_found', method: 'GetRunner' });
    }
    return found;
  }

  async *#walk<T>(
    all: readonly T[],
    leftOut: readonly LeftOut[] | undefined,
    call: Omit<PageCall, 'page'>,
  ): AsyncGenerator<Page<T>, void, undefined> {
    for (let page = 0; page === 0 || page * this.#pageSize < all.length; page++) {
      await this.#asked({ ...call, page });
      const end = (page + 1) * this.#pageSize;
      yield {
        items: all.slice(page * this.#pageSize, end),
        leftOut: page === 0 && leftOut !== undefined ? leftOut : [],
        nextToken: end < all.length ? String(page + 1) : undefined,
      };
    }
  }

  async #asked(call: PageCall): Promise<void> {
    const { signal } = call.options;
    throwIfCanceled(signal);
    this.calls.push(call);
    call.options.onSend?.();
    try {
      await orAborted(this.#answer(call), signal);
    } catch (error) {
      throwIfCanceled(signal);
      throw error;
    }
  }
}

function throwIfCanceled({ aborted }: AbortSignal): void {
  if (aborted) {
    throw apiError({ problem: 'canceled', code: 'canceled' });
  }
}

/** An answer that never comes. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** An API error; by default one that is not worth retrying. */
export function apiError(options: Partial<OnaApiErrorOptions> = {}): OnaApiError {
  return new OnaApiError({
    problem: 'unavailable',
    code: 'internal',
    method: 'ListSCMIntegrations',
    host: 'api.example',
    ...options,
  });
}

/** The given numbers of each; integrations go to runners in turn. */
export function listsOf({
  runners,
  integrations,
}: {
  readonly runners: number;
  readonly integrations: number;
}): Lists {
  const ids = Array.from({ length: runners }, (_, i) => deterministicUuid(`runner/${i}`));
  return {
    runners: ids.map((id, i) => runnerOf({ id, name: `runner-${i}` })),
    integrations: Array.from({ length: integrations }, (_, i) =>
      integrationOf({ id: `integration-${i}`, runnerId: ids[i % runners] ?? 'gone', host: `${i}.example` }),
    ),
  };
}

/** Calls wait for it until it is opened. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** The running test's signal: aborts what is still under way when the test ends. Call within `describe`. */
export function signalOfTest(): () => AbortSignal {
  let end = new AbortController();
  afterEach(() => {
    end.abort();
    end = new AbortController();
  });
  return () => end.signal;
}
