import assert from 'node:assert/strict';
import type { JsonValue } from '@bufbuild/protobuf';
import { sandboxMethods, type SandboxMethod } from '../../sandbox/methods.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';

interface Page {
  pagination?: { nextToken?: string };
  integrations?: Record<string, JsonValue>[];
  runners?: Record<string, JsonValue>[];
  tokens?: Record<string, JsonValue>[];
  schema?: JsonValue;
}

interface Calls {
  /** With the sandbox's key unless another is given. */
  post: (
    method: SandboxMethod,
    body?: JsonValue | string,
    key?: string,
    init?: RequestInit,
  ) => Promise<Response>;
  /** The answer of a call that must succeed. */
  ask: (method: SandboxMethod, body?: JsonValue) => Promise<Page>;
}

export function callsOf(sandbox: () => Sandbox): Calls {
  const post: Calls['post'] = (method, body = {}, key = sandbox().apiKey, init = {}) =>
    fetch(urlOf(sandbox(), method), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
    });
  return {
    post,
    async ask(method, body) {
      const response = await post(method, body);
      assert.equal(response.status, 200, await response.clone().text());
      return (await response.json()) as Page;
    },
  };
}

export function urlOf({ url }: Pick<Sandbox, 'url'>, method: SandboxMethod): string {
  return `${url}/${sandboxMethods[method].parent.typeName}/${method}`;
}

/** HTTP status and Connect code of an answer. */
export async function refusal(response: Response): Promise<[number, unknown]> {
  return [response.status, ((await response.json()) as { code?: unknown }).code];
}
