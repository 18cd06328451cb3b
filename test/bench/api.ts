import type { KeyPair } from '../sandbox/certificates.ts';
import type { SandboxOptions } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { startWire } from '../sandbox/wire.ts';

/** What adds the latency: the server before every answer over plain HTTP, or the wire, including TLS handshakes. */
export type Transport = { readonly kind: 'http' } | { readonly kind: 'tls'; readonly pair: KeyPair };

/** A sandbox with latency. */
export interface Api {
  readonly url: string;
  traffic(): Traffic;
  close(): Promise<void>;
}

/** The traffic an API has seen since its start. */
export interface Traffic {
  /** All calls, including `lists`. */
  readonly calls: number;
  readonly lists: number;
  readonly connections: number;
}

export async function startApi(
  transport: Transport,
  latencyMs: number,
  options: Pick<SandboxOptions, 'apiKey' | 'organization'>,
): Promise<Api> {
  const sandbox = await startSandbox({
    ...options,
    ...(transport.kind === 'tls' ? { tls: transport.pair } : { latencyMs }),
  });
  const wire = transport.kind === 'tls' ? await startWire({ target: sandbox.url, latencyMs }) : undefined;
  return {
    url: wire?.url ?? sandbox.url,
    traffic: () => ({
      calls: sandbox.requests.length,
      lists: sandbox.requests.filter(({ method }) => method?.startsWith('List')).length,
      connections: wire?.connections ?? sandbox.connections,
    }),
    async close() {
      await wire?.close();
      await sandbox.close();
    },
  };
}
