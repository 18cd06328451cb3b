/*
 * In the bundles, this replaces those parts of node-fetch that the extension does not use: multipart requests, blobs,
 * files, `data:` addresses, referrers, and redirects that are followed. They would be a twentieth of what an activation
 * loads.
 */

/** Stands for the classes as well: nothing is an instance of it. */
function unsupported(): never {
  throw new Error('This part of node-fetch is not bundled.');
}

// formdata-polyfill, fetch-blob and data-uri-to-buffer
export {
  unsupported as default,
  unsupported as FormData,
  unsupported as formDataToBlob,
  unsupported as Blob,
  unsupported as File,
  unsupported as blobFrom,
  unsupported as blobFromSync,
  unsupported as fileFrom,
  unsupported as fileFromSync,
};

// referrer.js. Without a referrer, the policy does not matter. It is only kept.
export { unsupported as determineRequestsReferrer, unsupported as parseReferrerPolicyFromHeader };
export const DEFAULT_REFERRER_POLICY = 'no-referrer';
export function validateReferrerPolicy(policy: string): string {
  return policy;
}

// is.js. Bodies are strings, and nothing follows redirects.
export { unsupported as isDomainOrSubdomain, unsupported as isSameProtocol };
export function isBlob(): boolean {
  return false;
}
export { isBlob as isURLSearchParameters };
export function isAbortSignal(value: unknown): boolean {
  return value instanceof AbortSignal;
}
