/*
 * Credentials in texts of the API: the user of a URL, and secret parameters. Loaded only if a response may have some.
 */

const REDACTED = '[redacted]';

/**
 * Matches the user and the password of a URL up to the last `@` before its path. Without one there, up to the first `@`
 * after a colon that precedes no port: people type passwords with slashes. `git` is a user name that everybody knows,
 * unless another `@` follows.
 *
 * @param before what precedes it
 * @param space what ends a URL
 */
function userOf(before: string, space: string): RegExp {
  const end = `${space}/?#`;
  const notPort = String.raw`(?!\d*(?:[/?#\\\s]|$))`;
  return new RegExp(
    `(${before})(?!git@(?![^${end}]*@))(?:[^${end}]+|[^${end}@:[]*:${notPort}[^${space}@]{1,200}(?:@[^${end}]*)?)@`,
    'gi',
  );
}

/**
 * Many programs encode the colon of a URL that is a parameter of another one, but not its slashes. After `https:` and
 * the like, parsers of URLs need no slashes, and take backslashes for some.
 */
const USER_IN_TEXT = userOf(String.raw`(?::|%3a)/{2,}|\b(?:https?|wss?|ftp):[/\\]*(?![/\\])`, String.raw`\s`);

/**
 * There may be no scheme, and spaces and slashes that do not belong there. All of the slashes are skipped at once: if the
 * user could begin at any backslash, matching would take quadratic time.
 */
const USER_OF_ADDRESS = userOf(String.raw`^(?:\w[\w+.-]*:[/\\]+(?![/\\])|[/\\]{2})?|(?::|%3a)/+`, '');

/** In a URL that is a parameter of another one. */
const ENCODED_USER =
  /(%3a(?:%2f|\/){2})(?!git%40(?!(?:(?!%2f|%3f|%23)[^\s/?#&])*%40))(?:(?!%2f|%3f|%23)[^\s/?#&])+%40/gi;

/** What the name of a parameter ends with if its value is a secret, and names that only as a whole word tell that. */
const SECRET_NAME = String.raw`(?:token|secret|passw(?:or)?d|passphrase|pwd|signature|credentials?|key|authorization|assertion|(?<![a-z\d])(?:sig|(?:auth)?code|pass|pat|auth|jwt|session(?:_?id)?|ticket))`;

/** A parameter of a URL, of a connection string, or of a URL that is itself a parameter. */
const SECRET_PARAMETER = new RegExp(
  String.raw`((?:[?&#;]|%3f|%26|%23)[\w.-]*${SECRET_NAME}\d*(?:\[\w*\])?(?:=|%3d))(?:(?!%26|%23)[^&#\s"<>])+`,
  'gi',
);

/**
 * The text without user names, passwords and secret parameters in URLs. A mark shows where they were. Other texts stay
 * exactly as they are, and so does a text of which they were removed before.
 *
 * @param isAddress whether the whole text is an address, which may lack a scheme
 */
export function redactCredentials(text: string, isAddress = false): string {
  if (!/[@=%]/.test(text)) {
    return text;
  }
  return text
    .replace(SECRET_PARAMETER, `$1${REDACTED}`)
    .replace(ENCODED_USER, `$1${REDACTED}%40`)
    .replace(isAddress ? USER_OF_ADDRESS : USER_IN_TEXT, `$1${REDACTED}@`);
}
