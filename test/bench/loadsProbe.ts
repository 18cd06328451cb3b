import { setTimeout as delay } from 'node:timers/promises';
import { version } from 'vscode';
import { extension } from '../integration/extension.ts';
import { answerBench } from './answerBench.ts';
import { type Calls, meterCalls } from './callMeter.ts';
import { type Contender, contenderNames, forEachContender } from './contenders.ts';
import type { LoadResult } from './load.ts';
import { ownLoad, ownRefresh, signOff } from './ownLoad.ts';
import { sdkLoad } from './sdkLoad.ts';
import { walkPages } from './walkPages.ts';

export interface LoadsInput {
  readonly apiKey: string;
  /** The folder of rows that our extension caches for its next start. */
  readonly keptRows: string;
  readonly places: readonly LoadsPlace[];
}

/** APIs with the same data and latency, one per contender, so that each one's calls can be counted. */
export interface LoadsPlace {
  readonly latencyMs: number;
  readonly urls: Readonly<Record<Contender, string>>;
  /** The number of loads of each. */
  readonly rounds: Readonly<Record<Contender, number>>;
}

export interface LoadsOutput {
  /** Where it was measured. */
  readonly host: string;
  /** In the order of the input's places. */
  readonly results: readonly Readonly<Record<Contender, readonly MeteredLoad[]>>[];
}

export interface MeteredLoad {
  readonly result: LoadResult;
  /** All of its requests, except those through the global `fetch`. */
  readonly calls: Calls;
}

/** The time until idle connections have closed, in milliseconds. */
const TIME_TO_CLOSE = 5500;

export function run(): Promise<void> {
  return answerBench(async (message): Promise<LoadsOutput> => {
    const { apiKey, keptRows, places } = message as LoadsInput;
    const results: LoadsOutput['results'][number][] = [];
    for (const place of places) {
      results.push(await loadsAt(place, apiKey, keptRows));
    }
    return { host: `VS Code ${version}, Node.js ${process.version}`, results };
  });
}

/**
 * Alternates between the contenders, so that other load on this machine affects all alike. To make them comparable:
 * - Ours is measured as at a sign-in with an environment key: the calls that identify the key run in parallel with the
 *   lists, and the setting has just been written; the others have the connections to themselves.
 * - All calls of a load end before the next load begins, so that none is cut off or attributed to another.
 */
async function loadsAt(
  { latencyMs, urls, rounds }: LoadsPlace,
  apiKey: string,
  keptRows: string,
): Promise<LoadsOutput['results'][number]> {
  const api = await extension().activate();
  const walk = (contender: Contender, pageSize: number, lists: ('runners' | 'integrations')[]) => () =>
    walkPages({ apiUrl: urls[contender], apiKey, pageSize, lists });
  const load: Record<Contender, () => Promise<LoadResult>> = {
    ours: () => ownLoad(api, urls.ours, keptRows),
    refreshed: () => ownRefresh(api, urls.refreshed),
    pagesOf100: walk('pagesOf100', 100, ['runners', 'integrations']),
    pagesOf25: walk('pagesOf25', 25, ['runners', 'integrations']),
    runnerPages: walk('runnerPages', 100, ['runners']),
    sdk: () => sdkLoad(urls.sdk, apiKey),
  };
  const prepare: Partial<Record<Contender, () => Promise<void>>> = {
    refreshed: async () => {
      await ownLoad(api, urls.refreshed, keptRows);
      await delay(TIME_TO_CLOSE);
    },
  };
  const metered = (contender: Contender): Promise<MeteredLoad> =>
    meterCalls(urls[contender], async () => {
      const result = await load[contender]();
      // Two round trips name the account, the first parallel to the load's only one.
      await delay(2 * latencyMs + 150);
      return result;
    });
  const results = forEachContender<MeteredLoad[]>(() => []);
  // Contenders with few loads run last: an idle connection closes after 5 s, and a slow load takes longer.
  for (let left = Math.max(...Object.values(rounds)); left > 0; left--) {
    for (const contender of contenderNames.filter((name) => left <= rounds[name])) {
      await prepare[contender]?.();
      results[contender].push(await metered(contender));
    }
  }
  await signOff(api);
  return results;
}
