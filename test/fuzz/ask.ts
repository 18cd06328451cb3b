import type { CallOptions } from '../../src/api/transport/connect.ts';
import type { OnaClient } from '../../src/api/onaClient.ts';
import type { SandboxMethod } from '../sandbox/methods.ts';
import { clientOf } from '../unit/api/testClient.ts';

/** How a call ended, and everything observable about it. */
export interface Outcome {
  /** The decoded values; for lists, the items of all received pages. */
  readonly values: readonly unknown[];
  /** The last error thrown, preceded by the retried ones; empty on success. */
  readonly errors: readonly unknown[];
  readonly failed: boolean;
  readonly lines: readonly string[];
}

/** Makes one call with a client of its own. Never throws. */
export async function ask(
  server: { readonly url: string },
  apiKey: string,
  method: SandboxMethod,
  secrets: readonly string[] = [],
): Promise<Outcome> {
  const { client, lines } = clientOf({ url: server.url, apiKey });
  const values: unknown[] = [];
  const errors: unknown[] = [];
  // A signal per call: a shared one would keep them all.
  const { signal } = new AbortController();
  const onRetry: CallOptions['onRetry'] = (retry) => retry && errors.push(retry.error);
  try {
    for await (const value of answersTo(client, method, { signal, onRetry, secrets })) {
      values.push(value);
    }
    return { values, errors, failed: false, lines };
  } catch (error) {
    return { values, errors: [...errors, error], failed: true, lines };
  }
}

async function* answersTo(client: OnaClient, method: SandboxMethod, options: CallOptions): AsyncGenerator {
  switch (method) {
    case 'ListSCMIntegrations':
      for await (const { items } of client.listScmIntegrations(options)) {
        yield* items;
      }
      return;
    case 'ListRunners':
      for await (const { items } of client.listRunners(options)) {
        yield* items;
      }
      return;
    case 'ListHostAuthenticationTokens':
      for await (const { items } of client.listHostAuthenticationTokens('x', options)) {
        yield* items;
      }
      return;
    case 'GetSCMIntegration':
      yield await client.getScmIntegration('x', options);
      return;
    case 'GetRunnerConfigurationSchema':
      yield await client.getRunnerConfigurationSchema('x', options);
      return;
    case 'ValidateRunnerConfiguration': {
      const configuration = { scmId: 'github', host: 'github.com', pat: true };
      const validation = await client.validateScmIntegration('x', configuration, options);
      if (validation !== undefined) {
        yield validation;
      }
      return;
    }
    case 'CheckAuthenticationForHost':
      yield await client.checkAuthenticationForHost('x', 'x', options);
      return;
    case 'GetRunner':
      yield await client.getRunner('x', options);
      return;
    case 'GetAuthenticatedIdentity':
      yield await client.getAuthenticatedIdentity(options);
      return;
    case 'GetOrganization':
      yield await client.getOrganization('x', options);
      return;
    case 'GetAuthenticatedUser':
      yield await client.getAuthenticatedUser(options);
  }
}
