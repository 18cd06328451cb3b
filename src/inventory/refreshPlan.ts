import type { InventoryState } from './model.ts';

/** All that decides when rows are loaded, and whether they are live. Times are in milliseconds. */
export interface Circumstances {
  readonly kind: InventoryState['kind'];
  /** Whether another load may succeed: a rejected key would be rejected again, and an endless list would not end. */
  readonly mayHelp: boolean;
  readonly isViewVisible: boolean;
  /** Whether there is a panel or a document, in front or not. It needs rows, which then need not be up to date. */
  readonly isEditorOpen: boolean;
  /** Whether a panel or a document can be seen. */
  readonly isEditorVisible: boolean;
  /** Since the window lost the focus; 0 if it has it. */
  readonly unfocusedMs: number;
  /** Whether the user wants live updates. */
  readonly isLive: boolean;
  /** Since the last load of everything ended. */
  readonly sinceLoadMs: number;
  /** Between two loads; 0 for never. */
  readonly intervalMs: number;
  /** Between two loads while the network is down; undefined if it is not. */
  readonly outageWaitMs: number | undefined;
  /** Why the rows may lack changes, although a stream is open: events were missed, or the machine has slept. */
  readonly gap: 'events' | 'sleep' | undefined;
}

export interface RefreshPlan {
  /** Whether anybody sees the rows, or the lack of them. */
  readonly isWatched: boolean;
  /** Whether a stream of events is of use. */
  readonly wantsStream: boolean;
  /** The next load, and the milliseconds until then; undefined if none is planned. */
  readonly load: { readonly plan: 'parallel' | 'plain'; readonly inMs: number } | undefined;
}

/** A window without the focus for so many milliseconds is probably not being looked at. */
const UNFOCUSED_MS = 10 * 60_000;

/** Milliseconds between two loads that only a stream asks for. */
const GAP_MS = 60_000;

/** When to load next, and whether to have a stream. */
export function refreshPlanOf(now: Circumstances): RefreshPlan {
  const hasNoRows = now.kind === 'loading' || now.kind === 'failed';
  const isWatched = now.isViewVisible || (hasNoRows && now.isEditorOpen);
  const isSeen = now.isViewVisible || now.isEditorVisible;
  const wantsStream =
    now.isLive &&
    isSeen &&
    now.unfocusedMs < UNFOCUSED_MS &&
    (now.kind === 'ready' || now.kind === 'stale') &&
    now.mayHelp &&
    now.outageWaitMs === undefined;
  if (now.kind === 'loading') {
    return { isWatched, wantsStream, load: isWatched ? { plan: 'parallel', inMs: 0 } : undefined };
  }
  const inMs = Math.max(0, Math.min(gapWaitMs(now, wantsStream), waitMs(now, isWatched) - now.sinceLoadMs));
  return { isWatched, wantsStream, load: inMs === Infinity ? undefined : { plan: 'plain', inMs } };
}

/** Milliseconds between the end of the last load and the next one that the timer asks for. */
function waitMs({ outageWaitMs, intervalMs, mayHelp }: Circumstances, isWatched: boolean): number {
  if (!isWatched) {
    return Infinity;
  }
  return outageWaitMs ?? (intervalMs > 0 && mayHelp ? intervalMs : Infinity);
}

/** Milliseconds until the next load that the stream asks for. */
function gapWaitMs({ gap, sinceLoadMs }: Circumstances, wantsStream: boolean): number {
  if (gap === undefined || !wantsStream) {
    return Infinity;
  }
  return gap === 'sleep' ? 0 : GAP_MS - sinceLoadMs;
}
