import assert from 'node:assert/strict';
import type { Loader } from '../../../../src/inventory/load/loader.ts';
import type { InventoryData } from '../../../../src/inventory/model.ts';
import { type Lists, listsOf, type PageCall } from './memoryClient.ts';
import { start } from './missingItems.ts';

/** More than one page of integrations, two on each runner. */
export const KNOWN = listsOf({ runners: 130, integrations: 260 });

export const isChunk = ({ runnerIds, list }: PageCall) => list === 'integrations' && runnerIds.length > 0;
export const isPlain = (call: PageCall) => call.list === 'integrations' && !isChunk(call);

/** Chunks and the first pages of both lists are answered; the walk of the integrations goes on once `rest` resolves. */
export const slowWalk = (rest: Promise<void>) => (call: PageCall) =>
  isPlain(call) && call.page > 0 ? rest : undefined;

/** A refresh by the parallel plan. */
export const refresh = (
  previous: InventoryData,
  lists: Lists = KNOWN,
  answer: (call: PageCall) => Promise<void> | undefined = () => undefined,
) => start(lists, previous, answer, 'parallel');

export function assertWhole({ data }: Loader, lists: Lists): void {
  assert.deepEqual(new Set(data.integrations), new Set(lists.integrations));
  assert.deepEqual(new Set(data.runners), new Set(lists.runners));
  assert.deepEqual(Object.keys(data).sort(), ['integrations', 'runners']);
}
