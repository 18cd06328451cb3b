/**
 * Characters that nobody sees, for a character class: white space, control and format characters, and others that have
 * no shape.
 */
export const INVISIBLE = String.raw`\s\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800`;

/** The visible part in group 1. Linear in the length of the text, unlike a pattern for the end alone. */
const VISIBLE_PART = new RegExp(`^[${INVISIBLE}]*(?:(.*[^${INVISIBLE}])[${INVISIBLE}]*)?$`, 'su');

/** The text without white space and other invisible characters around it, which are often copied from web pages. */
export function trimInvisible(text: string): string {
  return VISIBLE_PART.exec(text)?.[1] ?? '';
}
