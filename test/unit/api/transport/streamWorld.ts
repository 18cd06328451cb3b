import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ResourceEvent } from '../../../../src/api/events.ts';
import type { OnaApiError } from '../../../../src/api/transport/errors.ts';
import { clientOf } from '../testClient.ts';
import { startStreamServer, type StreamServer } from './streamServer.ts';

export const UPDATE = {
  operation: 'RESOURCE_OPERATION_UPDATE',
  resourceType: 'RESOURCE_TYPE_RUNNER',
  resourceId: '0198a1d2-0000-7000-8000-000000000001',
};

export const KEEP_ALIVE = {
  operation: 'RESOURCE_OPERATION_UNSPECIFIED',
  resourceType: 'RESOURCE_TYPE_UNSPECIFIED',
};

interface WatchOptions {
  readonly apiKey?: string;
  readonly silenceMs?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ResourceEvent) => void;
  readonly mayRedirectTo?: (target: URL) => boolean;
}

/** Streams from servers of the test, one after the other. */
export class StreamWorld {
  #server: StreamServer | undefined;

  /** The server of the last stream. */
  get server(): StreamServer {
    return this.#server ?? assert.fail('there was no stream');
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = undefined;
  }

  /** The events of a stream until it ends, and why it did. */
  async watch(
    answer: (response: ServerResponse, request: IncomingMessage) => void,
    {
      apiKey = 'stream-api-key',
      silenceMs = 60_000,
      signal = new AbortController().signal,
      onEvent = () => undefined,
      mayRedirectTo = () => false,
    }: WatchOptions = {},
  ) {
    await this.close();
    this.#server = await startStreamServer(answer);
    const { client, lines } = clientOf(
      { url: this.#server.url, apiKey },
      { isKnownApi: true, mayRedirectTo },
    );
    const events: ResourceEvent[] = [];
    let opened = 0;
    let failure: OnaApiError | undefined;
    try {
      for await (const event of client.watchEvents({ signal, silenceMs, onOpen: () => opened++ })) {
        events.push(event);
        onEvent(event);
      }
    } catch (error) {
      failure = error as OnaApiError;
      // Not by its class: what is loaded on demand has a copy of its own if tests are not bundled.
      assert.equal(failure.name, 'OnaApiError');
    }
    return { events, failure, lines, opened };
  }
}
