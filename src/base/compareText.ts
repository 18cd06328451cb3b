const byText = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * Compares as people sort in their language: "runner-9" before "runner-10", whatever the case. Texts that are equal by
 * that go by their code units, so that a sorted list never depends on the order it came in.
 */
export function compareText(a: string, b: string): number {
  return byText.compare(a, b) || (a < b ? -1 : Number(a > b));
}
