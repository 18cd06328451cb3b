/*
 * Replaces `formdata-polyfill` in the bundles. node-fetch needs it only for multipart requests, which are never sent;
 * Node.js has the class itself.
 */

export const { FormData } = globalThis;

export function formDataToBlob(): never {
  throw new Error('Multipart requests are not supported.');
}
