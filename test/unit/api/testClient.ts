import assert from 'node:assert/strict';
import type { ConnectEndpoint } from '../../../src/api/connect.ts';
import { OnaApiError } from '../../../src/api/errors.ts';
import { OnaClient } from '../../../src/api/onaClient.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

/** Never aborts. */
export const quiet = new AbortController().signal;

/** A client of the sandbox, and every line that it logs. */
export function clientOf(
  { url, apiKey }: Pick<Sandbox, 'url' | 'apiKey'>,
  options: Partial<ConnectEndpoint> = {},
) {
  const lines: string[] = [];
  const client = new OnaClient({
    apiUrl: url,
    apiKey,
    // Longer than mocha waits: a test that runs into it fails either way.
    timeoutMs: () => 60_000,
    userAgent: 'ona-scm-tests/1.0',
    log: (line) => lines.push(line),
    ...options,
  });
  return { client, lines };
}

/** What a call that has to fail throws. */
export async function failureOf(call: Promise<unknown>): Promise<OnaApiError> {
  const outcome: unknown = await call.then(
    () => 'no error',
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof OnaApiError, `not an OnaApiError: ${String(outcome)}`);
  return outcome;
}

/** Every item of a list. */
export async function itemsOf<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) {
    items.push(...page);
  }
  return items;
}
