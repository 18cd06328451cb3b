import type { OnaApiError } from '../../api/transport/errors.ts';
import type { Runner } from '../../api/runners.ts';
import { inSlices } from '../../base/slices.ts';
import { runnerKey } from './integrationKey.ts';
import type { ListParts } from './listParts.ts';
import { MergedList } from './mergedList.ts';

const DELETED = 'RUNNER_PHASE_DELETED';

/** The runners of a load. */
export class RunnerList {
  readonly #parts: ListParts;
  readonly #list: MergedList<Runner>;

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

  /** Reads the whole list, and adds what it contains. */
  walk(onRunners: (ids: readonly string[]) => void): Promise<OnaApiError | undefined> {
    const { client, reader, leftOut } = this.#parts;
    return reader.read({
      list: (options) => client.listRunners(options),
      onPage: ({ items }, request) => {
        this.#list.add(items, request, true);
        onRunners(items.map(({ id }) => id));
      },
      onLeftOut: leftOut.walk('runners'),
    });
  }

  /**
   * Call after a walk: drops what it did not contain, if that is certain.
   *
   * @param walk reads the whole list again
   * @returns why that could not be found out
   */
  async confirm(walk: () => Promise<OnaApiError | undefined>): Promise<OnaApiError | undefined> {
    const missing = (of?: readonly Runner[]) => inSlices(this.#list.unproved(of));
    if ((await missing()).length > 0) {
      const { confirmMissing } = await import('./confirmMissing.ts');
      const error = await confirmMissing({
        missing,
        drop: (items) => this.#list.drop(items),
        runnerIdOf: ({ id }) => id,
        requestsFor: (ids) => ids.map((id) => [id]),
        ask: async ([id = '']) => ({ error: await this.readOne(id), isOneResponse: true }),
        walk,
      });
      if (error !== undefined) {
        return error;
      }
    }
    await inSlices(this.#parts.leftOut.dropUnseen('runners'));
    return undefined;
  }

  /**
   * Reads a runner, and drops it if it is gone, or if the key may no longer see it.
   *
   * @returns why it could not be read: it then stays as it was
   */
  async readOne(id: string): Promise<OnaApiError | undefined> {
    const { client, reader, leftOut } = this.#parts;
    let phase: string | undefined;
    const error = await reader.read({
      list: async function* (options) {
        yield { items: [await client.getRunner(id, options)], leftOut: [], nextToken: undefined };
      },
      onPage: ({ items: [runner] }, request) => {
        if (runner?.id === id) {
          this.#list.add([runner], request, true);
          phase = runner.phase;
        }
      },
      onLeftOut: leftOut.walk('runners'),
    });
    // The API may still return a deleted runner that it no longer lists.
    const isGone = error?.code === 'not_found' || error?.code === 'permission_denied';
    if (isGone || phase === DELETED) {
      this.#list.drop(this.items().filter((runner) => runner.id === id));
      return undefined;
    }
    return error;
  }
}
