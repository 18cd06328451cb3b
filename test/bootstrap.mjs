// Runs a TypeScript entry of the tests on a fresh checkout: Node.js and npm are all that is there. Plain JavaScript,
// because what would compile it may have to be installed first.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const [major] = process.versions.node.split('.').map(Number);
if (major < 20) {
  console.error(`Node.js 20 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

/** npm writes this file last, so a broken install is repeated, and one for an older lock file too. */
const installed = join('node_modules', '.package-lock.json');
const isInstalled =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
if (!isInstalled) {
  console.log('Installing what is missing (npm ci)…');
  // No install script is needed here, and one compiles for half a minute what only `npm run icons` uses.
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund');
}
if (!isInstalled || !existsSync(join('test', 'sandbox', 'gen'))) {
  npm('run', 'generate');
}

const [entry, ...args] = process.argv.slice(2);
const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], { stdio: 'inherit' });
// The child ends what it started, then this ends with it.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));

/** Runs npm, and ends with it if it fails. */
function npm(...words) {
  const { status } = spawnSync('npm', words, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}
