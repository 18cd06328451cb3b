import { setTimeout as delay } from 'node:timers/promises';
import { version } from 'vscode';
import { extension } from '../integration/extension.ts';
import { answerBench } from './answerBench.ts';
import { bareLoad, type Load } from './bareLoad.ts';
import { ownLoad, signOff } from './ownLoad.ts';

export interface RowsInput {
  readonly apiKey: string;
  readonly repetitions: number;
  /** Loads before the measured ones, which open the connections and let the code be compiled. */
  readonly warmUps: number;
  readonly places: readonly Place[];
}

/** Two APIs with the same data behind the same latency, one for either side, so that each side's calls can be counted. */
export interface Place {
  readonly latencyMs: number;
  readonly ownUrl: string;
  readonly bareUrl: string;
}

export interface RowsOutput {
  /** What it was measured in. */
  readonly host: string;
  /** In the order of the input's places. */
  readonly places: readonly { readonly own: readonly Load[]; readonly bare: readonly Load[] }[];
}

export function run(): Promise<void> {
  return answerBench(async (message): Promise<RowsOutput> => {
    const input = message as RowsInput;
    const places: RowsOutput['places'][number][] = [];
    for (const place of input.places) {
      places.push(await loadsAt(place, input));
    }
    return { host: `VS Code ${version}, Node.js ${process.version}`, places };
  });
}

/**
 * Own and bare loads in turns, so that what else this machine does meets both. What makes them comparable:
 * - Either side's connections are open (the warm-ups), and closed by neither: a load is one round trip for both.
 * - Ours is measured as it is at a sign-in by an environment key, with the calls that ask whose key it is in flight
 *   beside the lists, and with the setting written a moment before; the bare side has the connections for itself.
 * - Those calls end before the next load begins, so that no call of one load is cut off or counted to another.
 */
async function loadsAt(
  { latencyMs, ownUrl, bareUrl }: Place,
  { apiKey, repetitions, warmUps }: RowsInput,
): Promise<RowsOutput['places'][number]> {
  const api = await extension().activate();
  // Two round trips name the account, and the first began with the load's only one.
  const settle = () => delay(2 * latencyMs + 150);
  const own: Load[] = [];
  const bare: Load[] = [];
  for (let round = 0; round < warmUps + repetitions; round++) {
    own.push(await ownLoad(api, ownUrl));
    await settle();
    bare.push(await bareLoad(bareUrl, apiKey));
    await settle();
  }
  await signOff(api);
  const different = bare.some(
    ({ runners, integrations }, i) => own[i]?.runners !== runners || own[i].integrations !== integrations,
  );
  if (different) {
    throw new Error('The two sides did not load the same rows');
  }
  return { own: own.slice(warmUps), bare: bare.slice(warmUps) };
}
