import type { InventoryState, InventoryData } from '../../../src/inventory/model.ts';

/** The fields of a state before anything has happened. */
export const IDLE = {
  signIns: undefined,
  asOf: undefined,
  isLoading: false,
  retry: undefined,
  error: undefined,
} as const;

export function loadingState(data: InventoryData): InventoryState {
  return { ...IDLE, kind: 'loading', data };
}

/** @param asOf defaults to now */
export function readyState(
  data: InventoryData,
  asOf = new Date(),
): Extract<InventoryState, { kind: 'ready' }> {
  return { ...IDLE, kind: 'ready', data, asOf };
}
