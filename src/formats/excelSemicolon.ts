/**
 * Whether Excel separates the cells of a CSV file by semicolons in a language or region. It takes the list separator of
 * the system: a semicolon where the decimal separator is a comma, and in Switzerland and Liechtenstein.
 *
 * @param locale a BCP 47 tag
 */
export function usesExcelSemicolon(locale: string): boolean {
  try {
    const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
    return (
      parts.some(({ type, value }) => type === 'decimal' && value === ',') ||
      ['CH', 'LI'].includes(new Intl.Locale(locale).region ?? '')
    );
  } catch {
    // It is not a tag, such as `en_US`.
    return false;
  }
}
