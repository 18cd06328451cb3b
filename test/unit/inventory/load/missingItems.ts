import assert from 'node:assert/strict';
import { Loader } from '../../../../src/inventory/load/loader.ts';
import { type InventoryData, NO_DATA } from '../../../../src/inventory/model.ts';
import { quiet } from '../../api/testClient.ts';
import { type Lists, MemoryClient, type PageCall } from './memoryClient.ts';

/** Loads these lists. */
export function start(
  lists: Lists,
  previous: InventoryData,
  answer: (call: PageCall, client: MemoryClient) => Promise<void> | undefined = () => undefined,
  plan: 'parallel' | 'plain' = 'plain',
) {
  const client: MemoryClient = new MemoryClient(lists, (call) => answer(call, client));
  return { client, ...startWith(client, previous, plan) };
}

/** Loads what a client has. */
export function startWith(
  client: MemoryClient,
  previous: InventoryData,
  plan: 'parallel' | 'plain' = 'plain',
) {
  const load = new Loader(client, previous, { ...quiet, onChange: () => undefined });
  return { load, outcome: load.everything(plan) };
}

/** The rows of a first load. */
export async function loaded(lists: Lists): Promise<InventoryData> {
  const { load, outcome } = start(lists, NO_DATA);
  assert.equal((await outcome).error, undefined);
  return load.data;
}

export function without<T extends { readonly id: string }>(
  items: readonly T[],
  ...ids: readonly string[]
): readonly T[] {
  return items.filter(({ id }) => !ids.includes(id));
}

/** Every request: its list, its page and the runners that it names. */
export function callsOf({ calls }: MemoryClient): readonly string[] {
  return calls.map(({ list, page, runnerIds }) => [list, page, ...runnerIds].join(' '));
}
