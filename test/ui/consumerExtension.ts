import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const manifest = {
  name: 'consumer',
  displayName: 'Consumer',
  publisher: 'test',
  version: '0.0.0',
  engines: { vscode: '^1.105.0' },
  main: './extension.js',
  files: ['extension.js'],
  extensionKind: ['workspace'],
  contributes: {
    commands: [
      { command: 'consumer.run', title: 'Ask for Ona', category: 'Consumer' },
      { command: 'consumer.openLink', title: 'Open Link', category: 'Consumer' },
    ],
  },
};

/** Shows whose session it got, and whether that is of a scope: never the key. Opens links as the editor's own pages do. */
const source = `'use strict';
const { authentication, commands, Uri, window } = require('vscode');
exports.activate = (context) => {
  context.subscriptions.push(
    commands.registerCommand('consumer.run', async () => {
      const ask = (scopes, options) =>
        authentication.getSession('ona', scopes, options).then(
          (session) => session ? session.account.label + ', ' + session.scopes + ', key of ' + session.accessToken.length : 'none',
          (error) => 'refused: ' + error.message,
        );
      const other = await ask(['admin'], { silent: true });
      const own = await ask(['scm:read'], { createIfNone: true });
      window.showInformationMessage('Consumer got ' + own + '; of another scope ' + other);
    }),
    commands.registerCommand('consumer.openLink', async () => {
      await commands.executeCommand('vscode.open', Uri.parse(await window.showInputBox(), true));
    }),
  );
};
`;

/** Makes, below `folder`, an extension that asks for a session of ours, and opens links. Gives its VSIX. */
export async function consumerExtension(folder: string): Promise<string> {
  const cwd = join(folder, 'consumer');
  const packagePath = join(folder, 'consumer.vsix');
  await mkdir(cwd, { recursive: true });
  await writeFile(join(cwd, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(cwd, manifest.main), source);
  await createVSIX({
    cwd,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}
