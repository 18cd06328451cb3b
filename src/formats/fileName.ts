/** A name for a file of an organization's integrations: `acme-scm-integrations-2026-11-24.csv`, the date that of the time zone. */
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
