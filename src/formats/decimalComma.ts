/**
 * Whether numbers are written with a decimal comma in a language. Excel then separates the cells of a CSV file by
 * semicolons.
 *
 * @param locale a BCP 47 tag
 */
export function hasDecimalComma(locale: string): boolean {
  try {
    const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
    return parts.some(({ type, value }) => type === 'decimal' && value === ',');
  } catch {
    // It is not a tag, such as `en_US`.
    return false;
  }
}
