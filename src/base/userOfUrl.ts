const PORT = /\d{1,5}[?#]|\d{0,5}(?:[/\\\s]|$)/y;

/**
 * Replaces the user and the password of each URL. They end at the last `@` before the URL's path. Without one there, at
 * the first `@` after a colon that precedes no port: people type passwords with slashes. `git` is a user name that
 * everybody knows, unless another `@` follows. No part of the text is looked at twice, because a regular expression that
 * does all of this would take quadratic time.
 *
 * @param starts matches all that may precede a user
 * @param space what ends a URL, as in a class of characters
 */
export function replaceUsers(text: string, starts: RegExp, space: string, mark: string): string {
  const endFrom = finder(text, `[${space}/?#]`);
  const spaceFrom = space === '' ? () => text.length : finder(text, `[${space}]`);
  const atFrom = finder(text, '@');
  // The colons of an IPv6 address precede no password.
  const colonFrom = finder(text, String.raw`[:@]|\[(?=[\da-fA-F:.]+(?:%\w+)?\])`);
  const lastAt = lastAtIn(text);

  /**
   * Where the user that may begin at an index ends; the same index or less if there is none.
   *
   * @param end where the path, the parameters or the fragment of its URL begin
   */
  const userEnd = (start: number, end: number): number => {
    const at = lastAt(start, end);
    if (at >= start) {
      return at === start + 3 && /^git$/i.test(text.slice(start, at)) ? -1 : at;
    }
    const colon = colonFrom(start);
    PORT.lastIndex = colon + 1;
    if (colon >= end || text[colon] !== ':' || PORT.test(text)) {
      return -1;
    }
    const first = atFrom(colon + 1);
    return first >= spaceFrom(colon + 1) || isHostAndPath(text.slice(start, first))
      ? -1
      : lastAt(first, endFrom(first));
  };

  let replaced = '';
  let done = 0;
  /** The first of the URLs that end at the same place: if a user beyond that is found in one of them, it is the first's. */
  let firstUrl = { end: -1, before: '' };
  for (const { 0: prefix, index } of text.matchAll(starts)) {
    if (index >= done) {
      const start = index + prefix.length;
      const before = replaced + text.slice(done, start);
      const urlEnd = endFrom(start);
      firstUrl = firstUrl.end === urlEnd ? firstUrl : { end: urlEnd, before };
      const end = userEnd(start, urlEnd);
      if (end > start) {
        replaced = (end > urlEnd ? firstUrl.before : before) + mark;
        done = end;
      }
    }
  }
  return replaced + text.slice(done);
}

/** As in `gitlab.example:group/@scope`. */
function isHostAndPath(text: string): boolean {
  return text.endsWith('/') && /^[^:]*\.[^:.]*:[^:%]*$/.test(text);
}

/** Finds the next match at or after an index, which must not be less than at the previous call. */
function finder(text: string, pattern: string): (from: number) => number {
  const regex = new RegExp(pattern, 'g');
  let found = -1;
  return (from) => {
    if (found < from) {
      regex.lastIndex = from;
      found = regex.exec(text)?.index ?? text.length;
    }
    return found;
  };
}

/** Finds the last `@` of a part. Parts with the same end are searched once. */
function lastAtIn(text: string): (from: number, to: number) => number {
  let searchedTo = -1;
  let found = -1;
  return (from, to) => {
    if (to !== searchedTo) {
      searchedTo = to;
      const at = text.slice(from, to).lastIndexOf('@');
      found = at < 0 ? -1 : from + at;
    }
    return found < from ? -1 : found;
  };
}
