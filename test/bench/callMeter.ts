import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Requests through `node:http` and `node:https` to one host, from anywhere in this process. */
export interface Calls {
  /** The most unanswered requests at any time. */
  readonly atOnce: number;
  /** Calls that opened a connection. */
  readonly opened: number;
}

/** Counts the calls to the host of `url` while `work` runs. */
export async function meterCalls<T>(
  url: string,
  work: () => Promise<T>,
): Promise<{ result: T; calls: Calls }> {
  const { host } = new URL(url);
  let [running, atOnce, opened] = [0, 0, 0];
  const follow = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader('host') !== host) {
      return;
    }
    running++;
    atOnce = Math.max(atOnce, running);
    request.once('close', () => {
      running--;
      opened += Number(!request.reusedSocket);
    });
  };
  subscribe('http.client.request.start', follow);
  try {
    const result = await work();
    return { result, calls: { atOnce, opened } };
  } finally {
    unsubscribe('http.client.request.start', follow);
  }
}

/** The body of a request that names runners is longer, and that of any other list shorter. */
const NAMED_BYTES = 200;

/** When the requests to the host of `url` that name several runners have been answered, while `work` runs. */
export async function watchNamedReads<T>(
  url: string,
  work: () => Promise<T>,
): Promise<{ result: T; reads: readonly number[] }> {
  const { host } = new URL(url);
  const reads: number[] = [];
  const follow = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader('host') === host && Number(request.getHeader('content-length')) > NAMED_BYTES) {
      request.once('close', () => reads.push(performance.now()));
    }
  };
  subscribe('http.client.request.start', follow);
  try {
    return { result: await work(), reads };
  } finally {
    unsubscribe('http.client.request.start', follow);
  }
}
