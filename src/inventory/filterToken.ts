/** A term of a filter, in folded text: its key, then its value with or without quotation marks. The last one may be missing. */
export const FILTER_TOKEN = /(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/g;
