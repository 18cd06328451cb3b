/*
 * What is loaded together, once a list misses something.
 */
export { confirmMissing } from './confirmMissing.ts';
export { namedRequests } from './namedRequests.ts';
