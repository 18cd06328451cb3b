import type { IntegrationRef } from '../inventory/itemRef.ts';

/** The parts of an integration's identity that a link contains. */
export type LinkedIntegration = Pick<IntegrationRef, 'id' | 'runnerId'>;

/** The path and query of a link to an integration, percent-encoded. */
export function integrationLinkPath({ id, runnerId }: LinkedIntegration): string {
  return `/integration/${encodeURIComponent(id)}?runner=${encodeURIComponent(runnerId)}`;
}

/**
 * Parses a link made by `integrationLinkPath`.
 *
 * @param path decoded once, as in the editor's `Uri`
 * @param query decoded once as well
 * @returns undefined if it is not such a link
 */
export function parseIntegrationLink(path: string, query: string): LinkedIntegration | undefined {
  const id = /^\/integration\/(.+)$/s.exec(path)?.[1];
  // The editor may append a parameter of its own.
  const runnerId = /^runner=(.*?)(?:&windowId=\w*)?$/s.exec(query)?.[1];
  return id === undefined || runnerId === undefined ? undefined : { id, runnerId };
}
