const byText = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * Compares the way people sort in their language: "runner-9" before "runner-10", ignoring case. Ties are broken by code
 * units, so that a sorted list never depends on its original order.
 */
export function compareText(a: string, b: string): number {
  return byText.compare(a, b) || (a < b ? -1 : Number(a > b));
}
