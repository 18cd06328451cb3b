import type { IntegrationRef } from '../inventory/itemRef.ts';

/** The parts of an integration's identity that a link names. */
export type LinkedIntegration = Pick<IntegrationRef, 'id' | 'runnerId'>;

/** Path and query of a link to an integration, percent-encoded. */
export function integrationLinkPath({ id, runnerId }: LinkedIntegration): string {
  return `/integration/${encodeURIComponent(id)}?runner=${encodeURIComponent(runnerId)}`;
}

/**
 * What a link leads to; undefined where it is none of `integrationLinkPath`.
 *
 * @param path and `query`: decoded once, as a `Uri` of the editor has them
 */
export function parseIntegrationLink(path: string, query: string): LinkedIntegration | undefined {
  const id = /^\/integration\/(.+)$/s.exec(path)?.[1];
  // The editor may leave its own parameter behind ours.
  const runnerId = /^runner=(.*?)(?:&windowId=\w*)?$/s.exec(query)?.[1];
  return id === undefined || runnerId === undefined ? undefined : { id, runnerId };
}
