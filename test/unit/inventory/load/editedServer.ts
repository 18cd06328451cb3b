import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import type { Runner } from '../../../../src/api/runners.ts';
import type { CallOptions } from '../../../../src/api/transport/connect.ts';
import type { Page } from '../../../../src/api/transport/paging.ts';
import type { ListClient } from '../../../../src/inventory/load/listParts.ts';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import { deterministicUuid } from '../../../sandbox/deterministicUuid.ts';
import { integrationOf, runnerOf } from '../fixtures.ts';
import { apiError } from './memoryClient.ts';

/** What a page token stands for: the number of items before the page, or the last one of them. */
export type Tokens = 'offset' | 'stable';

/** Also the most integrations of a runner, so that a request for one runner always has one page. */
const PAGE_SIZE = 4;

/** The ID of a runner that is not a UUID: nothing of it can be asked for by name. */
const UNNAMED = 'managed-runner';

/** Numbers to start with. */
export interface Size {
  readonly runners: number;
  readonly integrations: number;
}

const SMALL: Size = { runners: 5, integrations: 14 };

/** A number from 0 to 1 from a seed, each time another one (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A row on the server. */
interface Row<T> {
  readonly item: T;
  /** Its place in the list. */
  readonly place: number;
}

/** By `keyOf`. */
type Rows<T> = Map<string, Row<T>>;

/**
 * A server on which somebody edits runners and integrations at random while they are read. It answers at once, but its
 * answers arrive in any order.
 */
export class EditedServer implements ListClient {
  /** Whether requests find anything changed. */
  isEdited = true;
  readonly #runners: Rows<Runner> = new Map();
  readonly #integrations: Rows<ScmIntegration> = new Map();
  readonly #random: () => number;
  readonly #tokens: Tokens;
  /** Keys of rows that have been on the server ever since `beginLoad`. */
  #present = new Set<string>();
  /** Keys of rows that the plain lists have sent since `beginLoad` or, once those had been read, any response. */
  #sent = new Set<string>();
  readonly #readLists = new Set<unknown>();
  /** How many plain lists since `beginLoad` have not had a row, although it has been on the server all the time. */
  readonly #misses = new Map<string, number>();
  #version = 0;

  constructor(seed: number, tokens: Tokens, { runners, integrations }: Size = SMALL) {
    this.#random = randomOf(seed);
    this.#tokens = tokens;
    this.#addRunner(UNNAMED);
    for (let i = 0; i < runners; i++) {
      this.#addRunner();
    }
    for (let i = 0; i < integrations; i++) {
      this.#addIntegration();
    }
  }

  /** Starts to watch which rows are absent, and which are sent. */
  beginLoad(): void {
    this.#present = new Set([...this.#runners.keys(), ...this.#integrations.keys()]);
    this.#sent = new Set();
    this.#readLists.clear();
    this.#misses.clear();
  }

  /** Whether the row of a deleted item may still be shown: it was deleted after a list had it. */
  hasSent(key: string): boolean {
    return this.#sent.has(key);
  }

  /** Whether a row has been on the server ever since `beginLoad`. */
  hasAlwaysHad(key: string): boolean {
    return this.#present.has(key);
  }

  /** Whether two lists have not had a row that cannot be asked for by name. */
  hasHidden(key: string): boolean {
    return key.includes(UNNAMED) && (this.#misses.get(key) ?? 0) >= 2;
  }

  get data(): Pick<InventoryData, 'runners' | 'integrations'> {
    return { runners: listOf(this.#runners), integrations: listOf(this.#integrations) };
  }

  listRunners(options: CallOptions): AsyncGenerator<Page<Runner>, void, undefined> {
    return this.#pages(options, this.#runners);
  }

  listScmIntegrations(
    options: CallOptions,
    runnerIds: readonly string[] = [],
  ): AsyncGenerator<Page<ScmIntegration>, void, undefined> {
    return runnerIds.length === 0
      ? this.#pages(options, this.#integrations)
      : this.#pages(options, this.#integrations, ({ runnerId }) => runnerIds.includes(runnerId));
  }

  async getRunner(id: string, { onSend }: CallOptions): Promise<Runner> {
    onSend?.();
    this.#edit();
    const row = this.#runners.get(keyOf({ id }));
    if (row !== undefined) {
      this.#sent.add(keyOf(row.item));
    }
    await this.#arrival();
    if (row === undefined) {
      throw apiError({ problem: 'refused', code: 'not_found', method: 'GetRunner' });
    }
    return row.item;
  }

  async *#pages<T extends Runner | ScmIntegration>(
    { onSend }: CallOptions,
    rows: Rows<T>,
    isWanted?: (item: T) => boolean,
  ): AsyncGenerator<Page<T>, void, undefined> {
    let offset = 0;
    let last = -1;
    let nextToken: string | undefined;
    const walked = new Set<string>();
    do {
      onSend?.();
      this.#edit();
      const all = sorted(rows).filter(({ item }) => isWanted?.(item) ?? true);
      const rest = this.#tokens === 'offset' ? all.slice(offset) : all.filter(({ place }) => place > last);
      const page = rest.slice(0, PAGE_SIZE);
      offset += page.length;
      last = page.at(-1)?.place ?? last;
      nextToken = rest.length > PAGE_SIZE ? String(offset) : undefined;
      if (isWanted === undefined || this.#readLists.has(rows)) {
        page.forEach(({ item }) => this.#sent.add(keyOf(item)));
      }
      page.forEach(({ item }) => walked.add(keyOf(item)));
      if (isWanted === undefined && nextToken === undefined) {
        this.#readLists.add(rows);
        for (const key of [...this.#present].filter((one) => rows.has(one) && !walked.has(one))) {
          this.#misses.set(key, (this.#misses.get(key) ?? 0) + 1);
        }
      }
      await this.#arrival();
      yield { items: page.map(({ item }) => item), leftOut: [], nextToken };
    } while (nextToken !== undefined);
  }

  /** Answers overtake each other. */
  async #arrival(): Promise<void> {
    const longest = this.#random() < 0.2 ? 200 : 30;
    for (let turns = Math.floor(this.#random() * longest); turns > 0; turns--) {
      await Promise.resolve();
    }
  }

  #edit(): void {
    while (this.isEdited && this.#random() < 0.4) {
      const [edit] = this.#sample([
        () => this.#addIntegration(),
        () => this.#addIntegration(),
        () => this.#removeIntegration(),
        () => this.#removeIntegration(),
        () => this.#changeIntegration(),
        () => this.#changeRunner(),
        () => this.#moveIntegration(),
        () => this.#addRunner(),
        () => this.#removeRunner(),
      ]);
      edit?.();
    }
  }

  #addRunner(id = deterministicUuid(`runner/${++this.#version}`)): void {
    this.#put(this.#runners, runnerOf({ id, version: '0' }));
  }

  #addIntegration(): void {
    // A few belong to a runner that is not listed.
    const [runner] = this.#random() < 0.15 ? [] : this.#sample(listOf(this.#runners));
    const runnerId = runner?.id ?? deterministicUuid('unlisted');
    const id = `integration-${++this.#version}`;
    this.#put(this.#integrations, integrationOf({ id, runnerId, virtualDirectory: '0' }));
  }

  #changeRunner(): void {
    for (const [key, { item, place }] of this.#sample([...this.#runners])) {
      this.#runners.set(key, { item: { ...item, version: String(++this.#version) }, place });
    }
  }

  #changeIntegration(): void {
    for (const [key, { item, place }] of this.#sample([...this.#integrations])) {
      const virtualDirectory = String(++this.#version);
      this.#integrations.set(key, { item: { ...item, virtualDirectory }, place });
    }
  }

  /** To another runner. */
  #moveIntegration(): void {
    const [integration] = this.#sample(listOf(this.#integrations));
    const [runner] = this.#sample(listOf(this.#runners));
    if (integration !== undefined && runner !== undefined) {
      this.#remove(this.#integrations, integration);
      this.#put(this.#integrations, { ...integration, runnerId: runner.id });
    }
  }

  #removeIntegration(): void {
    this.#remove(this.#integrations, ...this.#sample(listOf(this.#integrations)));
  }

  /** Sometimes its integrations stay. */
  #removeRunner(): void {
    for (const runner of this.#sample(listOf(this.#runners))) {
      this.#remove(this.#runners, runner);
      if (this.#random() < 0.7) {
        this.#remove(this.#integrations, ...this.#ofRunner(runner.id));
      }
    }
  }

  #ofRunner(id: string): readonly ScmIntegration[] {
    return listOf(this.#integrations).filter(({ runnerId }) => runnerId === id);
  }

  /** Puts it anywhere in the list, unless its runner has no room for it. */
  #put<T extends Runner | ScmIntegration>(rows: Rows<T>, item: T): void {
    if (!('runnerId' in item) || this.#ofRunner(item.runnerId).length < PAGE_SIZE) {
      rows.set(keyOf(item), { item, place: this.#random() });
    }
  }

  #remove<T extends Runner | ScmIntegration>(rows: Rows<T>, ...items: readonly T[]): void {
    for (const key of items.map(keyOf)) {
      rows.delete(key);
      this.#present.delete(key);
    }
  }

  #sample<T>(of: readonly T[]): readonly T[] {
    return of.slice(Math.floor(this.#random() * of.length)).slice(0, 1);
  }
}

function sorted<T>(rows: Rows<T>): readonly Row<T>[] {
  return [...rows.values()].sort((a, b) => a.place - b.place);
}

function listOf<T>(rows: Rows<T>): readonly T[] {
  return sorted(rows).map(({ item }) => item);
}

/** Tells a row from all others. */
export function keyOf(item: { readonly id: string; readonly runnerId?: string }): string {
  return JSON.stringify([item.runnerId, item.id]);
}

/** How often a row has been changed. */
export function versionOf(item: Runner | ScmIntegration): number {
  return Number('version' in item ? item.version : item.virtualDirectory);
}
