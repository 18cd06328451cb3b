/*
 * Limits of the API, and those that this product keeps. A file of their own: who plans requests needs them before there
 * is a client.
 */

/** The API's largest page; it answers `invalid_argument` above, and 25 items where none is asked for. */
export const PAGE_SIZE = 100;

/** The API takes no more ids in one filter. */
export const MAX_FILTER_IDS = 25;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether the API takes an id in a filter. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}

/** The API publishes no limit. A browser opens six connections to a host. */
export const MAX_IN_FLIGHT = 8;
