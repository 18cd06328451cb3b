import { setTimeout as delay } from 'node:timers/promises';
import { version } from 'vscode';
import { extension } from '../integration/extension.ts';
import { answerBench } from './answerBench.ts';
import { type Calls, meterCalls } from './callMeter.ts';
import { type Contender, contenderNames, forEachContender } from './contenders.ts';
import type { LoadResult } from './load.ts';
import { ownLoad, signOff } from './ownLoad.ts';
import { sdkLoad } from './sdkLoad.ts';
import { walkPages } from './walkPages.ts';

export interface LoadsInput {
  readonly apiKey: string;
  /** The folder of rows that our extension keeps for its next start. */
  readonly keptRows: string;
  readonly places: readonly LoadsPlace[];
}

/** APIs with the same data at the same distance, one for every contender, so that the calls of each can be counted. */
export interface LoadsPlace {
  readonly latencyMs: number;
  readonly urls: Readonly<Record<Contender, string>>;
  /** How many loads of each. */
  readonly rounds: Readonly<Record<Contender, number>>;
}

export interface LoadsOutput {
  /** What it was measured in. */
  readonly host: string;
  /** In the order of the input's places. */
  readonly results: readonly Readonly<Record<Contender, readonly MeteredLoad[]>>[];
}

export interface MeteredLoad {
  readonly result: LoadResult;
  /** All that it sent; nothing of what went by the global `fetch`. */
  readonly calls: Calls;
}

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
 * The contenders in turns, so that what else this machine does meets them all. What makes them comparable:
 * - Ours is measured as it is at a sign-in by an environment key, with the calls that ask whose key it is in flight
 *   beside the lists, and with the setting written a moment before; the others have the connections for themselves.
 * - All calls of a load end before the next load begins, so that none is cut off or counted to another.
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
    pagesOf100: walk('pagesOf100', 100, ['runners', 'integrations']),
    pagesOf25: walk('pagesOf25', 25, ['runners', 'integrations']),
    runnerPages: walk('runnerPages', 100, ['runners']),
    sdk: () => sdkLoad(urls.sdk, apiKey),
  };
  const metered = (contender: Contender): Promise<MeteredLoad> =>
    meterCalls(urls[contender], async () => {
      const result = await load[contender]();
      // Two round trips name the account, and the first began with the load's only one.
      await delay(2 * latencyMs + 150);
      return result;
    });
  const results = forEachContender<MeteredLoad[]>(() => []);
  // Who has few loads has them at the end: an idle connection is closed after 5 s, and a slow load takes longer.
  for (let left = Math.max(...Object.values(rounds)); left > 0; left--) {
    for (const contender of contenderNames.filter((name) => left <= rounds[name])) {
      results[contender].push(await metered(contender));
    }
  }
  await signOff(api);
  return results;
}
