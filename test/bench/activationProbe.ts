import { setTimeout as delay } from 'node:timers/promises';
import { extensions } from 'vscode';
import { answerBench } from './answerBench.ts';

/** What the window does at its start, and an extension after its activation, is over after this time, in milliseconds. */
const SETTLE_TIME = 2000;

/** The ids of extensions that nothing has activated yet, in the order to activate them in. */
export type ActivationInput = readonly string[];

/** Milliseconds that each took, in the order of the input. */
export type ActivationOutput = readonly number[];

export function run(): Promise<void> {
  return answerBench(async (ids): Promise<ActivationOutput> => {
    const times: number[] = [];
    for (const id of ids as ActivationInput) {
      await delay(SETTLE_TIME);
      times.push(await activationTime(id));
    }
    return times;
  });
}

async function activationTime(id: string): Promise<number> {
  const extension = extensions.getExtension(id);
  if (extension === undefined || extension.isActive) {
    throw new Error(`${id} is ${extension === undefined ? 'not installed' : 'active already'}`);
  }
  const startedAt = performance.now();
  await extension.activate();
  return performance.now() - startedAt;
}
