import type { HostAuthenticationToken } from '../api/hostAuthenticationTokens.ts';
import type { Subject } from '../api/identity.ts';
import type { LeftOut } from '../api/leftOut.ts';
import type { OnaApiError } from '../api/transport/errors.ts';
import type { Retry } from '../api/transport/retry.ts';
import type { Runner } from '../api/runners.ts';
import type { ScmIntegration } from '../api/scmIntegrations.ts';

/** What the organization has. Items that did not change between two loads are the same objects in both. */
export interface InventoryData {
  readonly runners: readonly Runner[];
  readonly integrations: readonly ScmIntegration[];
  /**
   * The ids of runners whose integrations are complete; other runners may have more. Present only if the list of all
   * integrations has never been read to the end, or not since a runner was added.
   */
  readonly completeRunnerIds?: ReadonlySet<string>;
  /** Present only while runners are read for the first time: stray integrations may belong to runners still to come. */
  readonly isRunnerListPartial?: true;
  /** Why the integrations of a runner could not be loaded, by runner id; absent if there are none. */
  readonly runnerErrors?: ReadonlyMap<string, OnaApiError>;
  /** What the organization has too, but could not be read; absent if there is none. */
  readonly leftOut?: LeftOutItems;
}

/** A runner or an integration that could not be read. */
export interface LeftOutItem extends LeftOut {
  /** The same in every response that contains it. */
  readonly key: string;
}

export interface LeftOutItems {
  readonly runners: readonly LeftOutItem[];
  readonly integrations: readonly LeftOutItem[];
  /** When the API last sent some of them. */
  readonly asOf: Date;
}

export const NO_DATA: InventoryData = Object.freeze({
  runners: Object.freeze([]),
  integrations: Object.freeze([]),
  completeRunnerIds: new Set<string>(),
});

/** Data that were complete at the given time. */
export interface CompleteData {
  readonly data: InventoryData;
  readonly asOf: Date;
  /** The number of the sign-in whose key they were read with (`Account.sequence`). Earlier versions did not keep it. */
  readonly sequence?: number;
}

/** What a load has changed. */
export interface CompletedLoad {
  /** The previous complete rows of the account, possibly from an earlier window. Undefined if there were none. */
  readonly before: CompleteData | undefined;
  readonly after: CompleteData;
  /** When `after` was complete. `after.asOf` is earlier if only a part was read again. */
  readonly at: Date;
}

/**
 * The sign-ins to hosts that Ona has on record for the owner of the key. They prove that there is a token, not that it
 * works.
 */
export interface SignIns {
  readonly subject: Subject;
  /** The same list as before if no sign-in has changed. */
  readonly tokens: readonly HostAuthenticationToken[];
  /** Present if some could not be read: that there is none for a host then proves nothing. */
  readonly isPartial?: true;
  readonly asOf: Date;
}

export function isEmpty({ runners, integrations }: InventoryData): boolean {
  return runners.length === 0 && integrations.length === 0;
}

interface AnyState {
  readonly data: InventoryData;
  /** Undefined if they were not asked for yet, the API refuses to list them, or the owner of the key is not known. */
  readonly signIns: SignIns | undefined;
  /** When the rows were last complete, possibly in an earlier window; undefined if they never were. */
  readonly asOf: Date | undefined;
  readonly isLoading: boolean;
  /** The failed attempt of the running load that will be retried. */
  readonly retry: Retry | undefined;
}

/** One immutable state of the inventory; every view is a function of it. */
export type InventoryState =
  | (AnyState & {
      /** `loading`: the window's first load is running, or starts once rows are shown. They arrive page by page. */
      readonly kind: 'signedOut' | 'loading';
      readonly error: undefined;
    })
  | (AnyState & {
      readonly kind: 'ready';
      readonly asOf: Date;
      readonly error: undefined;
      /** Present if a load that was stopped has changed some of the rows: they are not all as of the same time. */
      readonly isMixed?: true;
    })
  | (AnyState & {
      /** A load has failed, at least partly, or has been failing for a while. `stale` has rows, `failed` has none. */
      readonly kind: 'stale' | 'failed';
      readonly error: OnaApiError;
      readonly since: Date;
      /** Whether the integrations of every listed runner have arrived despite the error; only others may be missing. */
      readonly mayBeIncomplete: boolean;
    });

export const SIGNED_OUT: InventoryState = Object.freeze({
  kind: 'signedOut',
  data: NO_DATA,
  signIns: undefined,
  asOf: undefined,
  isLoading: false,
  retry: undefined,
  error: undefined,
});
