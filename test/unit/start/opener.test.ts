import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { compileFunction } from 'node:vm';
import { OPENER } from '../../start/firstWindow.ts';

const gitlab = { id: 'a/b', runnerId: 'r 1', host: 'gitlab.com' };
const github = { id: 'second', runnerId: 'r2', host: 'github.com' };

interface Extension {
  activate?: (context: object) => void;
}
type Module = (exports: Extension, require: () => object) => void;

const VIEW = 'onaScm.integrations.focus';

/**
 * Opens a window with the opener in a VS Code that runs each command at once. Returns the commands, and what they open.
 */
async function openWindow(integrations: readonly (typeof gitlab)[], state = new Map()): Promise<string[]> {
  const ran: string[] = [];
  const vscode = {
    commands: {
      executeCommand: (...words: string[]) => Promise.resolve(void ran.push(words.join(' '))),
    },
    env: { uriScheme: 'vscode' },
    extensions: {
      getExtension: () => ({
        activate: () => Promise.resolve({ refresh: () => Promise.resolve({ integrations }) }),
      }),
    },
    Uri: { parse: (text: string) => text },
  };
  const file = join(OPENER, 'extension.cjs');
  const opener: Extension = {};
  const run = compileFunction(readFileSync(file, 'utf8'), ['exports', 'require'], {
    filename: file,
  }) as Module;
  run(opener, () => vscode);
  opener.activate?.({
    workspaceState: {
      get: (name: string): unknown => state.get(name),
      update: (name: string, value: unknown) => Promise.resolve(void state.set(name, value)),
    },
  });
  // Everything it awaits is already settled.
  await setImmediate();
  return ran.filter((command) => /^(vscode\.open|onaScm)/.test(command));
}

describe('the opener of npm start', () => {
  it('opens the view, and the details of a row that everybody knows', async () => {
    const link = 'vscode://ona-community.ona-scm-integrations/integration/second?runner=r2';
    assert.deepEqual(await openWindow([gitlab, github]), [VIEW, `vscode.open ${link}`]);
  });

  it('opens the details of the first row where there is no such row', async () => {
    const link = 'vscode://ona-community.ona-scm-integrations/integration/a%2Fb?runner=r%201';
    assert.deepEqual(await openWindow([gitlab]), [VIEW, `vscode.open ${link}`]);
  });

  it('opens nothing but the view where there are no rows, as when nobody is signed in', async () => {
    assert.deepEqual(await openWindow([]), [VIEW]);
  });

  it('leaves a window alone that it has opened before', async () => {
    const state = new Map();
    assert.equal((await openWindow([gitlab], state)).length, 2);
    assert.deepEqual(await openWindow([gitlab], state), []);
  });
});
