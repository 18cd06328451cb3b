import type { CallOptions } from '../../api/transport/connect.ts';
import type { OnaApiError } from '../../api/transport/errors.ts';
import type { Page } from '../../api/transport/paging.ts';
import type { ScmIntegration } from '../../api/scmIntegrations.ts';
import { inSlices } from '../../base/slices.ts';
import { confirmList } from './confirmList.ts';
import { integrationKey } from './integrationKey.ts';
import type { ListParts } from './listParts.ts';
import { MergedList } from './mergedList.ts';

export interface ReadOptions {
  /** Whether the integrations that arrive count as existing at the end of the load. */
  readonly isProof: boolean;
  readonly callOptions?: ((options: CallOptions) => CallOptions) | undefined;
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

/** The integrations of a load. */
export class IntegrationList {
  readonly #parts: ListParts;
  readonly #list: MergedList<ScmIntegration>;
  /** Number of pages that the list has had. */
  #pages = 0;
  /** The most items on a page that was not the last one; 0 if there was no such page. */
  #pageSize = 0;

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
  walk(
    onPage: (page: Page<ScmIntegration>) => void,
    beforeNext?: () => Promise<void>,
  ): Promise<OnaApiError | undefined> {
    const { client, reader, leftOut } = this.#parts;
    this.#pages = 0;
    return reader.read({
      list: (options) => client.listScmIntegrations(options),
      onPage: (page, request) => {
        this.#list.add(page.items, request, true);
        this.#pages++;
        if (page.nextToken !== undefined) {
          this.#pageSize = Math.max(this.#pageSize, page.items.length);
        }
        onPage(page);
      },
      onLeftOut: leftOut.walk('integrations'),
      beforeNext,
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
   * @returns why that could not be found out
   */
  confirm(): Promise<OnaApiError | undefined> {
    return confirmList({
      name: 'integrations',
      list: this.#list,
      leftOut: this.#parts.leftOut,
      requestsFor: async (items, areAlone) => {
        const { namedRequests } = await import('./onDemand.ts');
        return namedRequests(items, { known: this.items(), pageSize: this.#pageSize, areAlone });
      },
      ask: (runnerIds, callOptions) => this.read(runnerIds, { isProof: true, callOptions }),
      walk: () => this.walk(() => undefined),
      pages: this.#pages,
    });
  }

  /**
   * Call after these runners were read: drops those of their integrations that were not there, if that is certain.
   *
   * @param previous the integrations that they had
   * @returns why that could not be found out
   */
  async confirmRunners(
    runnerIds: readonly string[],
    { isOneResponse, count }: ReadOutcome,
    previous: readonly ScmIntegration[],
  ): Promise<OnaApiError | undefined> {
    const missing = () => inSlices(this.#list.unproved(previous));
    // Several pages may have shifted, and a response without anything may be a bad one.
    if ((!isOneResponse || count === 0) && (await missing()).length > 0) {
      const { error } = await this.read(runnerIds, { isProof: true });
      if (error !== undefined) {
        return error;
      }
    }
    await inSlices(this.#list.drop(await missing()));
    await inSlices(this.#parts.leftOut.dropUnseen('integrations', runnerIds));
    return undefined;
  }
}
