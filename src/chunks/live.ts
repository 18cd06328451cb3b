/*
 * What is loaded together once there are rows that can be kept live, or that have changed.
 */
export * from '../api/watchEvents.ts';
export * from '../inventory/changeStore.ts';
export * from '../inventory/live/liveUpdates.ts';
