import { RequestGates } from '../api/transport/requestGate.ts';
import { isAllowedRedirect, isOnaHost } from './apiUrl.ts';
import type { SessionSources } from './sessionReader.ts';
import type { Connection } from './sessionState.ts';

/** Makes connections, which share one request gate for each API. */
export class Connector {
  readonly #sources: SessionSources;
  readonly #gates = new RequestGates();

  constructor(sources: SessionSources) {
    this.#sources = sources;
  }

  async connect(
    apiUrl: string,
    apiKey: string,
    environmentVariable: string | undefined,
  ): Promise<Connection> {
    // Loaded with the first connection: before a sign-in, no HTTP client is needed.
    const { OnaClient } = await import('../api/onaClient.ts');
    const mayRedirectTo = (target: URL) => isAllowedRedirect(apiUrl, target);
    const gate = this.#gates.of(apiUrl);
    if (this.#isKnownApi(apiUrl)) {
      gate.setApiAnswered(apiUrl);
    }
    const { endpoint } = this.#sources;
    const client = new OnaClient({
      ...endpoint,
      sentFrom: await endpoint.sentFrom,
      apiUrl,
      apiKey,
      mayRedirectTo,
      gate,
    });
    return { apiUrl, client, environmentVariable };
  }

  /** Whether an Ona API has answered at an address: it is Ona's own, or somebody has signed in there. */
  #isKnownApi(apiUrl: string): boolean {
    const { apiKeys, environment } = this.#sources;
    return (
      isOnaHost(apiUrl) ||
      apiKeys.accounts().some((account) => account.apiUrl === apiUrl) ||
      environment.account(apiUrl) !== undefined
    );
  }
}
