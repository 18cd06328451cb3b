import type { OnaApiError } from '../api/transport/errors.ts';
import type { Retry } from '../api/transport/retry.ts';
import type { Runner } from '../api/runners.ts';
import type { ScmIntegration } from '../api/scmIntegrations.ts';

/** What the organization has. An object that did not change between two loads is the same object in both. */
export interface InventoryData {
  readonly runners: readonly Runner[];
  readonly integrations: readonly ScmIntegration[];
  /**
   * Only where the list of integrations has never been read to its end, or not since a runner came: the ids of runners
   * whose own have. Any other runner may have more than is here.
   */
  readonly completeRunnerIds?: ReadonlySet<string>;
  /** Only while the list of runners is being read for the first time: what no listed runner owns may be one's that follows. */
  readonly isRunnerListPartial?: true;
  /** Why the integrations of a runner could not be loaded, by runner id; absent where there is no such runner. */
  readonly runnerErrors?: ReadonlyMap<string, OnaApiError>;
}

export const NO_DATA: InventoryData = Object.freeze({
  runners: Object.freeze([]),
  integrations: Object.freeze([]),
  completeRunnerIds: new Set<string>(),
});

/** Data that were complete at a time. */
export interface CompleteData {
  readonly data: InventoryData;
  readonly asOf: Date;
}

export function isEmpty({ runners, integrations }: InventoryData): boolean {
  return runners.length === 0 && integrations.length === 0;
}

interface AnyState {
  readonly data: InventoryData;
  /** When the rows were last complete, perhaps in an earlier window; undefined if they never were. */
  readonly asOf: Date | undefined;
  /** A load runs. */
  readonly isLoading: boolean;
  /** A request of that load has failed and is tried again. */
  readonly retry: Retry | undefined;
}

/** One immutable state of the inventory; every view is a function of it. */
export type InventoryState =
  | (AnyState & {
      /** `loading`: the first load of this window runs, or will once somebody looks; rows arrive page by page. */
      readonly kind: 'signedOut' | 'loading';
      readonly error: undefined;
    })
  | (AnyState & { readonly kind: 'ready'; readonly asOf: Date; readonly error: undefined })
  | (AnyState & {
      /** The last load failed, wholly or in part, or has been failing for a while. `stale`: there are rows; `failed`: none. */
      readonly kind: 'stale' | 'failed';
      readonly error: OnaApiError;
      readonly since: Date;
      /** Every listed runner was asked for its integrations since the error: only what no listed runner owns may be missing. */
      readonly mayBeIncomplete: boolean;
    });

export const SIGNED_OUT: InventoryState = Object.freeze({
  kind: 'signedOut',
  data: NO_DATA,
  asOf: undefined,
  isLoading: false,
  retry: undefined,
  error: undefined,
});
