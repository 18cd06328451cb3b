/*
 * The stream of events. Loaded once something shows rows.
 */
export { WATCH_EVENTS, WATCH_REQUEST } from './events.ts';
export { serverStream } from './transport/connectStream.ts';
