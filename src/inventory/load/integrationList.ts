import type { CallOptions } from '../../api/transport/connect.ts';
import type { OnaApiError } from '../../api/transport/errors.ts';
import { MAX_FILTER_IDS, PAGE_SIZE } from '../../api/transport/limits.ts';
import type { Page } from '../../api/transport/paging.ts';
import type { ScmIntegration } from '../../api/scmIntegrations.ts';
import { inSlices } from '../../base/slices.ts';
import { byRunner } from '../byRunner.ts';
import { integrationKey } from './integrationKey.ts';
import type { ListParts } from './listParts.ts';
import { MergedList } from './mergedList.ts';

export interface ReadOptions {
  /** Whether the integrations that arrive count as existing at the end of the load. */
  readonly isProof: boolean;
  readonly callOptions?: (options: CallOptions) => CallOptions;
  /** Whether the answer no longer matters. */
  readonly isOver?: () => boolean;
}

/** How some runners were read. */
export interface ReadOutcome {
  readonly error: OnaApiError | undefined;
  /** Whether all arrived in one response, which then proves that no others existed at that time. */
  readonly isOneResponse: boolean;
  /** Number of integrations that have arrived. */
  readonly count: number;
}

type ByRunner = ReadonlyMap<string, readonly ScmIntegration[]>;

/** The integrations of a load. */
export class IntegrationList {
  readonly #parts: ListParts;
  readonly #list: MergedList<ScmIntegration>;
  /** Items per page, as the API sends them. */
  #pageSize = PAGE_SIZE;

  constructor(parts: ListParts) {
    this.#parts = parts;
    this.#list = new MergedList(parts.previous.integrations, integrationKey);
  }

  items(): readonly ScmIntegration[] {
    return this.#list.items();
  }

  /** Must end before anything is read. */
  index(): Generator<void, void, undefined> {
    return this.#list.index();
  }

  /** Reads the whole list, and adds what it contains. */
  walk(onPage: (page: Page<ScmIntegration>) => void): Promise<OnaApiError | undefined> {
    const { client, reader, leftOut } = this.#parts;
    return reader.read({
      list: (options) => client.listScmIntegrations(options),
      onPage: (page, request) => {
        this.#list.add(page.items, request, true);
        if (page.nextToken !== undefined && page.items.length > 0) {
          this.#pageSize = page.items.length;
        }
        onPage(page);
      },
      onLeftOut: leftOut.walk('integrations'),
    });
  }

  /** Reads the integrations of some runners, and adds them. */
  async read(
    runnerIds: readonly string[],
    { isProof, isOver, callOptions = (options) => options }: ReadOptions,
  ): Promise<ReadOutcome> {
    const { client, reader, leftOut } = this.#parts;
    let pages = 0;
    let count = 0;
    const error = await reader.read({
      list: (options) => client.listScmIntegrations(callOptions(options), runnerIds),
      onPage: ({ items }, request) => {
        this.#list.add(items, request, isProof);
        pages++;
        count += items.length;
      },
      onLeftOut: leftOut.walk('integrations'),
      isOver,
    });
    return { error, isOneResponse: pages === 1, count };
  }

  /**
   * Call after a walk: drops what it did not contain, if that is certain.
   *
   * @param walk reads the whole list again
   * @returns why that could not be found out
   */
  async confirm(walk: () => Promise<OnaApiError | undefined>): Promise<OnaApiError | undefined> {
    const error = await this.#confirm(walk);
    if (error === undefined) {
      await inSlices(this.#parts.leftOut.dropUnseen('integrations'));
    }
    return error;
  }

  /**
   * Call after these runners were read: drops those of their integrations that were not there, if that is certain.
   *
   * @returns why that could not be found out
   */
  async confirmRunners(
    runnerIds: readonly string[],
    { isOneResponse }: ReadOutcome,
    previous: readonly ScmIntegration[],
  ): Promise<OnaApiError | undefined> {
    if (isOneResponse) {
      this.#list.drop(await inSlices(this.#list.unproved(previous)));
    } else {
      const error = await this.#confirm(() => Promise.resolve(undefined), previous);
      if (error !== undefined) {
        return error;
      }
    }
    await inSlices(this.#parts.leftOut.dropUnseen('integrations', runnerIds));
    return undefined;
  }

  async #confirm(
    walk: () => Promise<OnaApiError | undefined>,
    among?: readonly ScmIntegration[],
  ): Promise<OnaApiError | undefined> {
    const missing = (of = among) => inSlices(this.#list.unproved(of));
    if ((await missing()).length === 0) {
      return undefined;
    }
    const { confirmMissing } = await import('./confirmMissing.ts');
    const known = await inSlices(byRunner(this.items()));
    return confirmMissing({
      missing,
      drop: (items) => this.#list.drop(items),
      runnerIdOf: ({ runnerId }) => runnerId,
      requestsFor: (ids) => this.#onePageEach(ids, known),
      ask: (ids) => this.read(ids, { isProof: true }),
      walk,
    });
  }

  /** Splits runners so that the integrations of each part should fit on one page. */
  #onePageEach(runnerIds: readonly string[], known: ByRunner): readonly (readonly string[])[] {
    const parts: string[][] = [];
    let left = 0;
    for (const id of runnerIds) {
      const count = known.get(id)?.length ?? 0;
      const last = parts.at(-1);
      if (last === undefined || count > left || last.length === MAX_FILTER_IDS) {
        parts.push([id]);
        left = this.#pageSize - count;
      } else {
        last.push(id);
        left -= count;
      }
    }
    return parts;
  }
}
