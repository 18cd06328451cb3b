import fetch from 'node-fetch';
import type { Load } from './load.ts';

interface Answer {
  readonly runners?: readonly unknown[];
  readonly integrations?: readonly unknown[];
  readonly pagination?: { readonly nextToken?: string };
}

const LISTS = {
  runners: 'RunnerService/ListRunners',
  integrations: 'RunnerConfigurationService/ListSCMIntegrations',
} as const;

type List = keyof typeof LISTS;

export interface WalkOptions {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly pageSize: number;
  /** Walked in parallel. */
  readonly lists: readonly List[];
}

/**
 * The minimal way to load lists: page after page, parsed and discarded. With the same library and headers as ours, to
 * compare plans rather than connections.
 */
export async function walkPages({ apiUrl, apiKey, pageSize, lists }: WalkOptions): Promise<Load> {
  const startedAt = performance.now();
  const counts = { runners: 0, integrations: 0 };
  let first: number | undefined;
  const walk = async (list: List) => {
    let token: string | undefined;
    do {
      const pagination = token === undefined ? { pageSize } : { pageSize, token };
      const answer = await post(`${apiUrl}/gitpod.v1.${LISTS[list]}`, apiKey, { pagination });
      first ??= performance.now() - startedAt;
      counts[list] += answer[list]?.length ?? 0;
      token = answer.pagination?.nextToken;
    } while (token !== undefined);
  };
  await Promise.all(lists.map(walk));
  const ended = performance.now() - startedAt;
  return { first: first ?? NaN, all: ended, ended, ...counts };
}

/** One call, as bare as can be. */
export async function post(url: string, apiKey: string, message: object): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Connect-Protocol-Version': '1',
      // Without it VS Code opens a new connection for each request.
      Connection: 'keep-alive',
    },
    body: JSON.stringify(message),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${text}`);
  }
  return JSON.parse(text) as Answer;
}
