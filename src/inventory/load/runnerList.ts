import type { CallOptions } from '../../api/transport/connect.ts';
import type { OnaApiError } from '../../api/transport/errors.ts';
import { isUuid } from '../../api/transport/limits.ts';
import type { Runner } from '../../api/runners.ts';
import { inSlices } from '../../base/slices.ts';
import { confirmList } from './confirmList.ts';
import { runnerKey } from './integrationKey.ts';
import type { ListParts } from './listParts.ts';
import { MergedList } from './mergedList.ts';

const DELETED = 'RUNNER_PHASE_DELETED';

/** The runners of a load. */
export class RunnerList {
  readonly #parts: ListParts;
  readonly #list: MergedList<Runner>;
  /** Number of pages that the list has had. */
  #pages = 0;

  constructor(parts: ListParts) {
    this.#parts = parts;
    this.#list = new MergedList(parts.previous.runners, runnerKey);
  }

  items(): readonly Runner[] {
    return this.#list.items();
  }

  /** Must end before anything is read. */
  index(): Generator<void, void, undefined> {
    return this.#list.index();
  }

  /**
   * Reads the whole list, and adds what it contains.
   *
   * @param onRunners receives those of a page once the next one has been requested: they may lead to many requests,
   *   which would otherwise be sent first
   */
  walk(onRunners: (ids: readonly string[]) => void): Promise<OnaApiError | undefined> {
    const { client, reader, leftOut } = this.#parts;
    this.#pages = 0;
    return reader.read({
      list: (options) => client.listRunners(options),
      onPage: ({ items }, request) => {
        this.#pages++;
        this.#list.add(items, request, true);
      },
      onLeftOut: leftOut.walk('runners'),
      onNextSent: ({ items }) => onRunners(items.map(({ id }) => id)),
    });
  }

  /**
   * Call after a walk: drops what it did not contain, if that is certain.
   *
   * @returns why that could not be found out
   */
  confirm(): Promise<OnaApiError | undefined> {
    return confirmList({
      name: 'runners',
      list: this.#list,
      leftOut: this.#parts.leftOut,
      requestsFor: (items) => {
        const named = items.filter(({ id }) => isUuid(id));
        return Promise.resolve(named.map((item) => ({ runnerIds: [item.id], items: [item] })));
      },
      ask: async ([id = ''], callOptions) => {
        const { error: failure, phase } = await this.#read(id, callOptions);
        // The API may still return a deleted runner that it no longer lists.
        if (phase === DELETED) {
          await this.#drop(id);
        }
        const error = failure !== undefined && !isUnknown(failure) ? failure : undefined;
        return { error, isOneResponse: true };
      },
      walk: () => this.walk(() => undefined),
      pages: this.#pages,
    });
  }

  /**
   * Reads a runner, and drops it if it is gone. If it cannot be read, it stays as it was.
   *
   * @returns why it could not be read
   */
  async readOne(id: string): Promise<OnaApiError | undefined> {
    const { error } = await this.#read(id);
    if (error === undefined || !isUnknown(error)) {
      return error;
    }
    await this.#drop(id);
    return undefined;
  }

  #drop(id: string): Promise<void> {
    return inSlices(this.#list.drop(this.items().filter((runner) => runner.id === id)));
  }

  async #read(
    id: string,
    callOptions = (options: CallOptions) => options,
  ): Promise<{ readonly error: OnaApiError | undefined; readonly phase: string | undefined }> {
    const { client, reader, leftOut } = this.#parts;
    let phase: string | undefined;
    const error = await reader.read({
      list: async function* (options) {
        const runner = await client.getRunner(id, callOptions(options));
        yield { items: [runner], leftOut: [], nextToken: undefined };
      },
      onPage: ({ items: [runner] }, request) => {
        if (runner?.id === id) {
          this.#list.add([runner], request, true);
          phase = runner.phase;
        }
      },
      onLeftOut: leftOut.walk('runners'),
    });
    return { error, phase };
  }
}

/** Whether the API says that there is no such runner. A key that may not read it proves nothing. */
function isUnknown({ code }: OnaApiError): boolean {
  return code === 'not_found';
}
