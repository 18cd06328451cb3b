import { setTimeout as delay } from 'node:timers/promises';
import { commands, extensions } from 'vscode';
import { answerBench } from './answerBench.ts';

/** The time that a window's start, or an extension's activation, needs to settle, in milliseconds. */
const SETTLE_TIME = 2000;

/** Extensions not activated yet, in the order to activate them. */
export type ActivationInput = readonly {
  readonly id: string;
  /** One of its commands that does nothing right after activation. */
  readonly command: string;
}[];

/** The times of each, in input order. */
export type ActivationOutput = readonly Activation[];

/** In milliseconds since the activation began. */
export interface Activation {
  readonly activated: number;
  /** The command has run: all code it needs is loaded. */
  readonly answered: number;
}

export function run(): Promise<void> {
  return answerBench(async (input): Promise<ActivationOutput> => {
    const times: Activation[] = [];
    for (const extension of input as ActivationInput) {
      await delay(SETTLE_TIME);
      times.push(await activation(extension));
    }
    return times;
  });
}

async function activation({ id, command }: ActivationInput[number]): Promise<Activation> {
  const extension = extensions.getExtension(id);
  if (extension === undefined || extension.isActive) {
    throw new Error(`${id} is ${extension === undefined ? 'not installed' : 'active already'}`);
  }
  const startedAt = performance.now();
  await extension.activate();
  const activated = performance.now() - startedAt;
  await commands.executeCommand(command);
  return { activated, answered: performance.now() - startedAt };
}
