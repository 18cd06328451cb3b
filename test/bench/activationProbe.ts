import { setTimeout as delay } from 'node:timers/promises';
import { commands, extensions } from 'vscode';
import { answerBench } from './answerBench.ts';

/** What the window does at its start, and an extension after its activation, is over after this time, in milliseconds. */
const SETTLE_TIME = 2000;

/** Extensions that nothing has activated yet, in the order to activate them in. */
export type ActivationInput = readonly {
  readonly id: string;
  /** One of its commands that does nothing just after the activation. */
  readonly command: string;
}[];

/** What each took, in the order of the input. */
export type ActivationOutput = readonly Activation[];

/** Milliseconds since the activation began. */
export interface Activation {
  readonly activated: number;
  /** The command has run: all the code that it leads to is there. */
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
