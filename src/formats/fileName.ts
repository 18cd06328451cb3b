import { firstBytes } from '../base/firstBytes.ts';

/** Of the organization, in characters: enough to recognize it. */
const MAX_LENGTH = 60;

/**
 * The same in bytes of UTF-8. The whole name then has at most 133 bytes: encrypted home folders on Linux (eCryptfs) allow
 * 143, other file systems 255.
 */
const MAX_BYTES = 100;

/**
 * The name of an export file, e.g. `acme-scm-integrations-2026-11-24.csv`, with the local date.
 *
 * @param extension without the dot
 */
export function exportFileName(organization: string, date: Date, extension: string): string {
  const words = organization
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  const name = beginning(words).replace(/^-+|-+$/g, '');
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const dayText = day.map((part) => String(part).padStart(2, '0')).join('-');
  return `${name === '' ? 'ona' : name}-scm-integrations-${dayText}.${extension}`;
}

/** As many whole characters from the start as both limits allow. */
function beginning(text: string): string {
  const characters = Array.from(text.slice(0, 2 * MAX_LENGTH)).slice(0, MAX_LENGTH);
  return firstBytes(characters.join(''), MAX_BYTES);
}
