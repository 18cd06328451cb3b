/*
 * Limits of the API, and those that the extension sets itself. Separate from the client, so that planners need not load
 * it.
 */

/** The API's maximum. It answers `invalid_argument` above this, and sends 25 items if no size is given. */
export const PAGE_SIZE = 100;

/** The API's maximum number of ids in one filter. */
export const MAX_FILTER_IDS = 25;

/** Megabytes of one response. A larger one is not a page of a list; reading on would only fill the memory. */
export const MAX_ANSWER_MB = 32;

export const MAX_ANSWER_BYTES = MAX_ANSWER_MB * 2 ** 20;

/** Megabytes of all responses in one load. For comparison: 10,000 integrations on 2,000 runners take less than 20. */
export const MAX_LOAD_MB = 200;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether the API accepts an id in a filter. */
export function isUuid(id: string): boolean {
  return UUID.test(id);
}

/** The API documents no limit. For comparison: browsers open six connections per host. */
export const MAX_IN_FLIGHT = 8;

/** Of these, the requests that nobody waits for. */
export const MAX_IN_BACKGROUND = MAX_IN_FLIGHT - 1;
