/**
 * Escapes a UTF-16 unit as JSON, HCL and JavaScript do, e.g. as `\u202e`.
 *
 * @param char one unit
 */
export function unicodeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
