import { OnaApiError } from '../api/errors.ts';
import type { OnaClient } from '../api/onaClient.ts';
import type { Runner, ScmIntegration } from '../api/schema.ts';
import type { Rows } from './model.ts';

export interface LoadResult {
  /** What to show: the fresh rows, and the previous ones of a list that could not be read to its end. */
  readonly rows: Rows;
  /** The first failure; undefined when both lists were read to their ends. */
  readonly error: OnaApiError | undefined;
}

/**
 * Reads both lists, asked for at once, each page by page.
 *
 * @param previous the last good rows; they stay until a list has been read to its end
 * @param onPage what to show after each page
 * @throws nothing but programming errors; a failure of the API is in the result
 */
export async function loadInventory(
  client: Pick<OnaClient, 'listRunners' | 'listScmIntegrations'>,
  previous: Rows,
  signal: AbortSignal,
  onPage: (rows: Rows) => void,
): Promise<LoadResult> {
  const runners = new FreshList(previous.runners, runnerKey);
  const integrations = new FreshList(previous.integrations, integrationKey);
  let last = previous;
  const rows = (): Rows => {
    const next: Rows = {
      runners: runners.items(),
      integrations: integrations.items(),
      ...(previous.integrationsPending && !integrations.isComplete && { integrationsPending: true }),
    };
    // The same rows are the same object: views tell by it that nothing changed.
    const same =
      next.runners === last.runners &&
      next.integrations === last.integrations &&
      next.integrationsPending === last.integrationsPending;
    return same ? last : (last = next);
  };
  const publish = () => onPage(rows());
  const errors = await Promise.all([
    walk(client.listRunners(signal), runners, publish),
    walk(client.listScmIntegrations(signal), integrations, publish),
  ]);
  return { rows: rows(), error: errors.find((error) => error !== undefined) };
}

async function walk<T extends object>(
  pages: AsyncIterable<readonly T[]>,
  list: FreshList<T>,
  onPage: () => void,
): Promise<OnaApiError | undefined> {
  try {
    for await (const items of pages) {
      list.add(items);
      onPage();
    }
    list.complete();
    return undefined;
  } catch (error) {
    if (error instanceof OnaApiError) {
      return error;
    }
    throw error;
  }
}

/**
 * A list on its way in: fresh items over previous ones, equal objects kept as they were, repetitions (a list that
 * moved under the walk) once. Previous items that the complete list no longer has are gone.
 */
class FreshList<T extends object> {
  readonly #previous: readonly T[];
  readonly #keyOf: (item: T) => string;
  readonly #overlay: Map<string, T>;
  readonly #fresh = new Map<string, T>();
  #complete = false;
  #items: readonly T[] | undefined;

  constructor(previous: readonly T[], keyOf: (item: T) => string) {
    this.#previous = previous;
    this.#keyOf = keyOf;
    this.#overlay = new Map(previous.map((item) => [keyOf(item), item]));
  }

  add(items: readonly T[]): void {
    this.#items = undefined;
    for (const item of items) {
      const key = this.#keyOf(item);
      const old = this.#overlay.get(key);
      const kept = old !== undefined && JSON.stringify(old) === JSON.stringify(item) ? old : item;
      this.#overlay.set(key, kept);
      this.#fresh.set(key, kept);
    }
  }

  complete(): void {
    this.#complete = true;
    this.#items = undefined;
  }

  get isComplete(): boolean {
    return this.#complete;
  }

  items(): readonly T[] {
    return (this.#items ??= this.#current());
  }

  #current(): readonly T[] {
    const items = [...(this.#complete ? this.#fresh : this.#overlay).values()];
    const same =
      items.length === this.#previous.length && items.every((item, i) => item === this.#previous[i]);
    return same ? this.#previous : Object.freeze(items);
  }
}

function runnerKey(runner: Runner): string {
  return runner.id || wholeKey(runner);
}

/** An inherited template's id is not unique across runners. */
function integrationKey(integration: ScmIntegration): string {
  const { id, runnerId, scmId, host } = integration;
  return id === '' ? wholeKey(integration) : JSON.stringify([runnerId, id, scmId, host]);
}

/** What has no id is told apart by all that it says: nothing that the API sends may be lost. */
function wholeKey(item: object): string {
  return JSON.stringify(item);
}
