import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { InventorySnapshot, OnaScmApi } from '../../src/exportedApi.ts';
import { setApiUrl, snapshotWhere } from '../integration/extension.ts';
import { watchNamedReads } from './callMeter.ts';
import type { Load } from './load.ts';

/** The extension rejects it before any request, so it drops its rows and calls no API. */
const REFUSED_ADDRESS = 'http://ona.invalid';

/** How long the rows of an ended load may take to be cached, in milliseconds. */
const TIME_TO_KEEP = 500;

/**
 * A fresh sign-in without rows, measured until our extension has published them.
 *
 * @param keptRows the folder of rows cached for the next start: these would show at once, without a measured load
 */
export async function ownLoad(api: OnaScmApi, apiUrl: string, keptRows: string): Promise<Load> {
  return (await signInAndLoad(api, apiUrl, keptRows))();
}

/**
 * Like `ownLoad`.
 *
 * @returns a function that evaluates the load. It reads all rows of the exported API, which are made only then: that is
 *   no part of a load
 */
export async function signInAndLoad(api: OnaScmApi, apiUrl: string, keptRows: string): Promise<() => Load> {
  await signOff(api);
  await delay(TIME_TO_KEEP);
  await rm(keptRows, { recursive: true, force: true });
  await setApiUrl(apiUrl);
  await snapshotWhere(api, ({ state }) => state === 'loading');
  const published: { snapshot: InventorySnapshot; time: number }[] = [];
  const startedAt = performance.now();
  const listener = api.onDidChange((snapshot) => {
    published.push({ snapshot, time: performance.now() - startedAt });
  });
  const last = await refresh(api);
  const ended = performance.now() - startedAt;
  listener.dispose();
  return () => {
    if (published.some(({ snapshot: { state, asOf } }) => state === 'loading' && asOf !== undefined)) {
      throw new Error('Rows that were kept of an earlier load have been shown');
    }
    const when = (condition: (snapshot: InventorySnapshot) => boolean) =>
      published.find(({ snapshot }) => condition(snapshot))?.time ?? NaN;
    const [runners, integrations] = [last.runners.length, last.integrations.length];
    return {
      first: when((snapshot) => snapshot.runners.length + snapshot.integrations.length > 0),
      all: when(
        (snapshot) => snapshot.runners.length === runners && snapshot.integrations.length === integrations,
      ),
      ended,
      runners,
      integrations,
    };
  };
}

/**
 * A refresh of the rows that an `ownLoad` from the same address has loaded, measured until every known runner's
 * integrations have been read again: that is when the last request that names runners has been answered. Nothing has
 * changed meanwhile, so that nothing else shows when a row was read.
 */
export async function ownRefresh(api: OnaScmApi, apiUrl: string): Promise<Load> {
  const startedAt = performance.now();
  const { result, reads } = await watchNamedReads(apiUrl, async () => {
    const last = await refresh(api);
    return { last, ended: performance.now() - startedAt };
  });
  const { last, ended } = result;
  const [first, all] = [reads[0] ?? NaN, reads.at(-1) ?? NaN].map((time) => time - startedAt);
  const [runners, integrations] = [last.runners.length, last.integrations.length];
  return { first: first ?? NaN, all: all ?? NaN, ended, runners, integrations };
}

async function refresh(api: OnaScmApi): Promise<InventorySnapshot> {
  const last = await api.refresh();
  if (last.state !== 'ready') {
    throw new Error(`The load ended as ${last.state}: ${last.error?.message ?? 'no error'}`);
  }
  return last;
}

/** Points the extension at an address that it rejects, so that it has no rows and makes no calls. */
export async function signOff(api: OnaScmApi): Promise<void> {
  await setApiUrl(REFUSED_ADDRESS);
  await snapshotWhere(api, ({ state }) => state === 'failed');
}
