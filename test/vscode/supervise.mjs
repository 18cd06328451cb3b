/**
 * Runs one command in a process group of its own and ends the whole group when the command ends, when asked to
 * (SIGTERM), or when the parent is gone, however it went: then the pipe at stdin closes.
 */
import { execFileSync, spawn } from 'node:child_process';
import process from 'node:process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });

function endAll(code) {
  if (process.platform === 'win32') {
    try {
      execFileSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    } catch {
      // It has ended already.
    }
    process.exit(code);
  }
  // The group includes this process, so nothing after this line runs.
  process.kill(0, 'SIGKILL');
}

child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  endAll(1);
});
child.on('exit', (code) => endAll(code ?? 1));
// SIGTERM reaches the group: the command ends in its own way first, and its exit ends the rest.
process.on('SIGTERM', () => undefined);
process.stdin.on('close', () => endAll(1)).resume();
