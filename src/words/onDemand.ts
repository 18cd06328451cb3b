/*
 * What says why something failed. Loaded together when the first error occurs: errors are rare.
 */

export { errorText, retryText } from './errors.ts';
export { staleText } from './staleText.ts';
