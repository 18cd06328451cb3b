/**
 * The name of an export file, e.g. `acme-scm-integrations-2026-11-24.csv`, with the local date.
 *
 * @param extension without the dot
 */
export function exportFileName(organization: string, date: Date, extension: string): string {
  const name = organization
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .toWellFormed()
    .replace(/^-+|-+$/g, '');
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const dayText = day.map((part) => String(part).padStart(2, '0')).join('-');
  return `${name === '' ? 'ona' : name}-scm-integrations-${dayText}.${extension}`;
}
