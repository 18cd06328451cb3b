import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

export const EMPTY_COMMAND = 'benchEmpty.run';

/** Like ours, it is activated by its view, in its own container, and by its command. */
const manifest = {
  name: 'empty',
  publisher: 'bench',
  version: '0.0.0',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  files: ['extension.js'],
  extensionKind: ['workspace', 'ui'],
  contributes: {
    viewsContainers: { activitybar: [{ id: 'benchEmpty', title: 'Empty', icon: '$(circle)' }] },
    views: { benchEmpty: [{ id: 'benchEmpty.view', name: 'Empty', icon: '$(circle)' }] },
    commands: [{ command: EMPTY_COMMAND, title: 'Run' }],
  },
};

const source = `'use strict';
const { commands, window } = require('vscode');
exports.activate = (context) => {
  const treeDataProvider = { getChildren: () => [], getTreeItem: (item) => item };
  context.subscriptions.push(
    window.createTreeView('benchEmpty.view', { treeDataProvider }),
    commands.registerCommand('${EMPTY_COMMAND}', () => undefined),
  );
};
`;

/** Where the do-nothing extension for comparison is. */
export interface EmptyExtension {
  readonly id: string;
  readonly vsix: string;
  readonly bundle: string;
}

/** Creates, in `folder`, the smallest extension that has a tree view and a command. */
export async function emptyExtension(folder: string): Promise<EmptyExtension> {
  const cwd = join(folder, 'empty');
  const vsix = join(folder, 'empty.vsix');
  const bundle = join(cwd, manifest.main);
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, 'package.json'), JSON.stringify(manifest));
  await writeFile(bundle, source);
  await createVSIX({
    cwd,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return { id: `${manifest.publisher}.${manifest.name}`, vsix, bundle };
}
