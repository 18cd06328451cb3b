/*
 * Credentials in texts of the API: the user of a URL, and secret parameters. Loaded only if a response may have some.
 *
 * Some credentials look like harmless texts, and stay: in a text that is not an address as a whole, what follows a space,
 * a quote or `<` in a password, or `#` in a parameter; a password that begins like a port and a path
 * (`user:123/s3cr3t@host`), or ends with a slash after a user with a dot; and a secret `code` of at most six digits.
 */

import { replaceUsers } from './userOfUrl.ts';

const MARK = '[redacted]';

/** How the whole text is read: an address may lack a scheme; a path may too, and `@` is usual in it. */
export type TextKind = 'text' | 'address' | 'path';

/** A sign in a URL that is a parameter of another one, which may itself be a parameter, and so on. */
const encoded = (code: string) => `%(?:25)*${code}`;
/** The same in a pattern that has found the `level` of the encoding before. */
const atLevel = (code: string) => String.raw`%\k<level>${code}`;
const LEVEL = '(?<level>(?:25)*)';

const SECRET_NAME = 'token|secret|passw(?:or)?d|passphrase|passcode|pwd';
/** A number of a few digits is a status. */
const CODE = String.raw`code(?!(?:\]|${encoded('5d')})?(?:=|${encoded('3d')})\d{1,6}(?:${encoded('2[36]')}|(?![\w%]|[^\s&#;"<>]\w)))`;
const WHOLE_NAME = String.raw`sig|hmac|otp|auth[_-]?code|${CODE}|pass|pat|auth|jwt|bearer|ticket|j?session(?:_?id)?|(?:php)?sessid|sid|saml(?:request|response)`;
/** What the name of a parameter ends with if its value is a secret, and names that mean a secret only as a whole word. */
const SECRET_KEY = String.raw`(?:${SECRET_NAME}|signature|credentials?|key|authorization|assertion|(?<![a-z\d](?<!%(?:25){0,3}[\da-f]{2}))(?:${WHOLE_NAME}))\d*`;
const PARAMETER_NAME = String.raw`(?:[\w.[\]-]|${encoded('5[bd]')})*${SECRET_KEY}(?:\]|${encoded('5d')})?(?:\[\w*\]|${encoded(String.raw`5b\w*`)}${encoded('5d')}){0,3}`;

/** Parameters of a URL, or of a URL that is itself a parameter, whose values end where the outer URL's do. */
function parameters(start: string, value: string): readonly RegExp[] {
  const name = `(?:${start})${PARAMETER_NAME}`;
  return [
    new RegExp(`(?<shown>${name}=)${value}+`, 'gi'),
    new RegExp(`(?<shown>${name}%${LEVEL}3d)(?:(?!${atLevel('2[36]')})${value})+`, 'gi'),
  ];
}

/** The parts of a kind of text that are replaced by a mark, after what is `shown`. */
function secretParts(space: string, start: string, value: string): readonly RegExp[] {
  const end = `${space}/?#`;
  const part = `(?:(?!${atLevel('(?:2f|3f|23)')})[^${end}&])`;
  const at = atLevel('40');
  // Shells keep the current directory in PWD.
  const setting = String.raw`[\w.-]*(?!pwd=(?:[/~]|[a-z]:\\))(?:${SECRET_NAME})\d*`;
  const rest = `[^${space};&#]`;
  return [
    ...parameters(start, value),
    // Of a connection string. Other texts have names such as `key` in these places too, so those are not among them.
    new RegExp(
      String.raw`(?<shown>^[ \t]*${setting}=|;\s*${setting}[ \t]*=[ \t]*)(?:(?:"[^\s"][^"]*"|'[^\s'][^']*')${rest}*|${rest}+)`,
      'gim',
    ),
    // The user of a URL that is a parameter.
    new RegExp(
      `(?<shown>%${LEVEL}3a(?:${atLevel('2f')}|/){2})(?!\\[redacted]@|git${at}(?!${part}*${at}))${part}+(?=${at})`,
      'gi',
    ),
    // A URL of which only the `@` is encoded.
    new RegExp(`(?<shown>:/{2,})[^${end}@:]*:[^${end}@]*(?=${encoded('40')})`, 'gi'),
  ];
}

const SPACE = String.raw`\s"<>`;
const PARAMETER_START = `[?&;]|${encoded('(?:3f|26|23)')}`;
const VALUE = `[^&#${SPACE}]`;
const PARTS_OF_TEXT = secretParts(SPACE, PARAMETER_START, VALUE);
/** Elsewhere in a text, `#` is a sign like any other. */
const FRAGMENTS = parameters('#', VALUE);
const PARTS_OF_ADDRESS = secretParts('', `#|${PARAMETER_START}`, '[^&]');

/**
 * Many programs encode the colon of a URL that is a parameter of another one, but not its slashes. After `https:` and
 * the like, parsers of URLs need no slashes, and take backslashes for some. A URL may lack its scheme.
 */
const COLON = `(?::|${encoded('3a')})`;
const IN_TEXT = `[^${SPACE}/?#]*`;
const USER_IN_TEXT = new RegExp(
  String.raw`${COLON}/{2,}|\b(?:https?|wss?|ftp):[/\\]*|(?<![\w:/\\.%-])//(?!${IN_TEXT}\[redacted]@)(?=[^${SPACE}/?#@:]*:${IN_TEXT}@)`,
  'gi',
);
/** There may be no scheme, and spaces and slashes that do not belong there. */
const ADDRESS_START = String.raw`${COLON}/+|^(?:\w[\w+.-]*:[/\\]+|[/\\]{2,}`;
const USER_OF = {
  text: USER_IN_TEXT,
  address: new RegExp(`${ADDRESS_START}|)`, 'gi'),
  path: new RegExp(`${ADDRESS_START}|(?=[^/?#@:]*:))`, 'gi'),
};

/**
 * The text without user names, passwords and secret parameters in URLs. A mark shows where they were. Other texts stay
 * exactly as they are, and so does a text of which they were removed before.
 */
export function redactCredentials(text: string, kind: TextKind = 'text'): string {
  if (!/[@=%]/.test(text)) {
    return text;
  }
  const isText = kind === 'text';
  const shown =
    isText && text.includes('#') ? text.replace(/:\/\/\S*/g, (url) => withMarks(url, FRAGMENTS)) : text;
  const marked = withMarks(shown, isText ? PARTS_OF_TEXT : PARTS_OF_ADDRESS);
  return marked.includes('@') ? replaceUsers(marked, USER_OF[kind], isText ? SPACE : '', MARK) : marked;
}

function withMarks(text: string, parts: readonly RegExp[]): string {
  return parts.reduce((rest, part) => rest.replace(part, `$<shown>${MARK}`), text);
}

/** A field of the API without credentials. */
export function redactField(name: string, value: string): string {
  const kind =
    name === 'virtualDirectory'
      ? 'path'
      : /^(?:host|url|issuerUrl|callbackUrl|createUrl|docsUrl|docsLink)$/.test(name)
        ? 'address'
        : 'text';
  return redactCredentials(value, kind);
}
