/** Of read-only documents; the manifest names it as an activation event. */
export const DOCUMENT_SCHEME = 'ona-scm';
