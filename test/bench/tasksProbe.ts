import { setTimeout as delay } from 'node:timers/promises';
import { commands, version } from 'vscode';
import { extension } from '../integration/extension.ts';
import { answerBench } from './answerBench.ts';
import { signInAndLoad, signOff } from './ownLoad.ts';
import { meterTasks, type Tasks } from './taskMeter.ts';
import { walkPages } from './walkPages.ts';

export interface TasksInput {
  readonly apiKey: string;
  /** The folder of rows that our extension caches for its next start. */
  readonly keptRows: string;
  readonly ownUrl: string;
  readonly bareUrl: string;
}

export interface TasksOutput {
  readonly host: string;
  readonly idle: Tasks;
  readonly bareWalk: Tasks;
  readonly signIn: Tasks;
  readonly refresh: Tasks;
  readonly find: Tasks;
  readonly integrations: number;
}

/** The time that the window's own start needs to settle, in milliseconds. */
const SETTLE_TIME = 3000;

/** All with the view open, as for a user: VS Code renders its rows, but in the same thread. */
export function run(): Promise<void> {
  return answerBench(async (message): Promise<TasksOutput> => {
    const { apiKey, keptRows, ownUrl, bareUrl } = message as TasksInput;
    const api = await extension().activate();
    await signOff(api);
    await commands.executeCommand('onaScm.integrations.focus');
    await delay(SETTLE_TIME);
    const idle = await meterTasks(() => delay(SETTLE_TIME));
    const bareWalk = await meterTasks(() =>
      walkPages({ apiUrl: bareUrl, apiKey, pageSize: 100, lists: ['runners', 'integrations'] }),
    );
    const signIn = await meterTasks(() => signInAndLoad(api, ownUrl, keptRows));
    const refresh = await meterTasks(() => api.refresh());
    const { integrations } = api.snapshot();
    // The last opened item is searched for among all rows.
    const shown = commands.executeCommand('onaScm.showDetails');
    await delay(SETTLE_TIME);
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await shown;
    const find = await meterTasks(async () => {
      const found = commands.executeCommand('onaScm.find');
      await delay(SETTLE_TIME);
      await commands.executeCommand('workbench.action.closeQuickOpen');
      await found;
    });
    await signOff(api);
    return {
      host: `VS Code ${version}, Node.js ${process.version}`,
      ...{ idle, bareWalk, signIn, refresh, find },
      integrations: integrations.length,
    };
  });
}
