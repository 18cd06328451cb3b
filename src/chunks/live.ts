/*
 * What is loaded together once there are rows that can be kept live.
 */
export * from '../api/watchEvents.ts';
export * from '../inventory/live/liveUpdates.ts';
