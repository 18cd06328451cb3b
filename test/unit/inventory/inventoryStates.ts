import type { InventoryState, Rows } from '../../../src/inventory/model.ts';

/** What a state says that nothing has happened to. */
export const IDLE = { asOf: undefined, isLoading: false, retry: undefined, error: undefined } as const;

export function loadingState(rows: Rows): InventoryState {
  return { ...IDLE, kind: 'loading', rows };
}

/** @param asOf by default now */
export function readyState(rows: Rows, asOf = new Date()): Extract<InventoryState, { kind: 'ready' }> {
  return { ...IDLE, kind: 'ready', rows, asOf };
}
