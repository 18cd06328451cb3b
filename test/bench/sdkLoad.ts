import { Gitpod } from '@gitpod/sdk';
import type { LoadResult } from './load.ts';

interface SdkPage<Item> {
  getPaginatedItems(): Item[];
  iterPages(): AsyncGenerator<SdkPage<Item>>;
}

/**
 * Both lists in parallel with the SDK's own pager and the largest pages, stopped when a page repeats: 0.6.0 puts the
 * next page's token in the query, which a standard Connect server does not read.
 */
export async function sdkLoad(apiUrl: string, apiKey: string): Promise<LoadResult> {
  const client = new Gitpod({ bearerToken: apiKey, baseURL: apiUrl, maxRetries: 0 });
  const pagination = { pageSize: 100 };
  const startedAt = performance.now();
  const since = () => performance.now() - startedAt;
  let first: number | undefined;
  let pageMs: number | undefined;
  const walk = async <Item>(
    list: PromiseLike<SdkPage<Item>>,
    idOf: (item: Item) => string | undefined,
  ): Promise<number> => {
    const pages = new Set<string>();
    let count = 0;
    for await (const page of (await list).iterPages()) {
      first ??= since();
      const [item] = page.getPaginatedItems();
      const id = (item && idOf(item)) ?? '';
      if (pages.has(id)) {
        pageMs = since() / (pages.size + 1);
        break;
      }
      pages.add(id);
      count += page.getPaginatedItems().length;
    }
    return count;
  };
  try {
    const [runners, integrations] = await Promise.all([
      walk(client.runners.list({ pagination }), ({ runnerId }) => runnerId),
      walk(client.runners.configurations.scmIntegrations.list({ pagination }), ({ id }) => id),
    ]);
    if (pageMs !== undefined) {
      return { kind: 'repeats', pageMs };
    }
    const ended = since();
    return { first: first ?? NaN, all: ended, ended, runners, integrations };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}

/** The root cause's message. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error.cause !== undefined) {
    return messageOf(error.cause);
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
