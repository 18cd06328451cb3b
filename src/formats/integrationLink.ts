/** What a link to an integration names: ids alone are not unique. */
export interface IntegrationLinkTarget {
  readonly integrationId: string;
  readonly runnerId: string;
}

/** Path and query of a link to an integration, percent-encoded. */
export function integrationLinkPath({ integrationId, runnerId }: IntegrationLinkTarget): string {
  return `/integration/${encodeURIComponent(integrationId)}?runner=${encodeURIComponent(runnerId)}`;
}

/**
 * What a link leads to; undefined where it is none of `integrationLinkPath`.
 *
 * @param path and `query`: decoded once, as a `Uri` of the editor has them
 */
export function parseIntegrationLink(path: string, query: string): IntegrationLinkTarget | undefined {
  const integrationId = /^\/integration\/(.+)$/s.exec(path)?.[1];
  // The editor may leave its own parameter behind ours.
  const runnerId = /^runner=(.*?)(?:&windowId=\w*)?$/s.exec(query)?.[1];
  return integrationId === undefined || runnerId === undefined ? undefined : { integrationId, runnerId };
}
