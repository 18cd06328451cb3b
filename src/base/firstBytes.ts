/**
 * The beginning of a text, in whole characters.
 *
 * @param text well-formed
 * @param max in bytes of UTF-8
 */
export function firstBytes(text: string, max: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(max));
  return text.slice(0, read);
}
