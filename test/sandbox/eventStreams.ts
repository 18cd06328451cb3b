import { setTimeout as delay } from 'node:timers/promises';
import { fromJson, type MessageInitShape } from '@bufbuild/protobuf';
import type { ConnectError } from '@connectrpc/connect';
import {
  ResourceType,
  type WatchEventsRequest,
  WatchEventsResponseSchema,
  type WatchEventsResponseJson,
} from './gen/gitpod/v1/event_pb.js';
import { invalidArgument } from './paging.ts';
import { checkCount, checkIds } from './checkIds.ts';

/** An event in protobuf JSON. Without fields, it only keeps a stream alive. */
export type EventJson = WatchEventsResponseJson;

type Event = MessageInitShape<typeof WatchEventsResponseSchema>;

interface SentEvent {
  readonly event: EventJson;
  /** By `performance.now()`. */
  readonly sentAt: number;
}

interface OpenStream {
  readonly request: WatchEventsRequest;
  readonly waiting: SentEvent[];
  wake: () => void;
  end: { readonly error?: ConnectError } | undefined;
}

export interface StreamTiming {
  /** Milliseconds between events that only keep a stream alive. */
  readonly keepAliveMs: number;
  /** The delay of every answer. An event travels only one way. */
  readonly latencyMs: number;
}

/** All streams of events that are open. */
export class EventStreams {
  readonly #streams = new Set<OpenStream>();

  get open(): number {
    return this.#streams.size;
  }

  /** Sends events to every stream that asks for them. */
  emit(events: readonly EventJson[]): void {
    for (const stream of this.#streams) {
      const passed = events.filter((event) => passes(event, stream.request));
      stream.waiting.push(...passed.map(sentNow));
      stream.wake();
    }
  }

  /** Ends all streams, with an error or without. */
  end(error?: ConnectError): void {
    for (const stream of this.#streams) {
      stream.end = { ...(error && { error }) };
      stream.wake();
    }
  }

  /**
   * The events of one stream, until the client is gone. The first one comes at once, because the reference server sends
   * headers with the first message.
   *
   * @throws ConnectError invalid_argument
   */
  async *watch(
    request: WatchEventsRequest,
    signal: AbortSignal,
    timing: () => StreamTiming,
  ): AsyncGenerator<Event, void, undefined> {
    check(request);
    const stream: OpenStream = { request, waiting: [sentNow({})], wake: () => undefined, end: undefined };
    this.#streams.add(stream);
    const wake = () => stream.wake();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        const sent = stream.waiting.shift();
        if (sent !== undefined) {
          const { event, sentAt } = sent;
          if (Object.keys(event).length > 0) {
            // Events do not wait for each other on their way.
            await delay(Math.max(0, sentAt + timing().latencyMs / 2 - performance.now()));
          }
          yield fromJson(WatchEventsResponseSchema, event);
        } else if (stream.end?.error !== undefined) {
          throw stream.end.error;
        } else if (stream.end !== undefined) {
          return;
        } else {
          await this.#next(stream, timing().keepAliveMs);
        }
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.#streams.delete(stream);
    }
  }

  /** Waits until there is something to send. */
  async #next(stream: OpenStream, keepAliveMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      stream.wake = resolve;
      timer = setTimeout(() => {
        stream.waiting.push(sentNow({}));
        resolve();
      }, keepAliveMs);
    });
    clearTimeout(timer);
  }
}

function sentNow(event: EventJson): SentEvent {
  return { event, sentAt: performance.now() };
}

/** @throws ConnectError invalid_argument */
function check({ scope, resourceTypeFilters }: WatchEventsRequest): void {
  if (scope.case === 'environmentId') {
    checkIds('environment_id', [scope.value]);
    if (resourceTypeFilters.length > 0) {
      throw invalidArgument('resource_type_filters: only for the scope of an organization');
    }
  }
  if (resourceTypeFilters.length > 50) {
    throw invalidArgument('resource_type_filters: value must contain no more than 50 items');
  }
  for (const { resourceType, resourceIds, creatorIds } of resourceTypeFilters) {
    if (resourceType === ResourceType.UNSPECIFIED) {
      throw invalidArgument('resource_type_filters.resource_type: value must not be unspecified');
    }
    checkIds('resource_type_filters.resource_ids', resourceIds);
    checkIds('resource_type_filters.creator_ids', creatorIds);
    checkCount('resource_type_filters.creator_ids', creatorIds);
  }
}

/** Whether any filter lets an event pass. */
function passes(json: EventJson, { scope, resourceTypeFilters }: WatchEventsRequest): boolean {
  const { resourceType, resourceId } = fromJson(WatchEventsResponseSchema, json);
  if (scope.case === 'environmentId') {
    return resourceType === ResourceType.ENVIRONMENT && resourceId === scope.value;
  }
  return (
    resourceTypeFilters.length === 0 ||
    resourceTypeFilters.some(
      ({ resourceType: wanted, resourceIds }) =>
        wanted === resourceType && (resourceIds.length === 0 || resourceIds.includes(resourceId)),
    )
  );
}
