import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A command running in its own process group. */
export interface Child {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the command and everything it started have ended. */
  readonly exited: Promise<void>;
  /** Ends the command and everything it started: politely first, by force after 3 s. */
  stop(): Promise<void>;
}

type Supervisor = ChildProcessByStdio<Writable, Readable, Readable>;

const supervisors = new Set<Supervisor>();
const folders = new Set<string>();

/**
 * Starts a command that cannot outlive this process, even after a crash or a `kill -9`: a supervisor (`supervise.mjs`)
 * ends the whole process group once this process is gone.
 */
export function startChild(command: string, args: readonly string[], env: Record<string, string>): Child {
  watchSignals();
  const supervisor: Supervisor = spawn(
    process.execPath,
    [join(import.meta.dirname, 'supervise.mjs'), command, ...args],
    { env, stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true },
  );
  supervisors.add(supervisor);
  supervisor.stdin.on('error', () => undefined);
  const exited = once(supervisor, 'exit').then(
    () => void supervisors.delete(supervisor),
    () => void supervisors.delete(supervisor),
  );
  return {
    stdout: supervisor.stdout,
    stderr: supervisor.stderr,
    exited,
    async stop() {
      signalGroup(supervisor, 'SIGTERM');
      const insist = setTimeout(() => signalGroup(supervisor, 'SIGKILL'), 3000);
      await exited;
      clearTimeout(insist);
    },
  };
}

/** Removes `dir` when this process ends, if it still exists. */
export function removeAtExit(dir: string): void {
  watchSignals();
  folders.add(dir);
}

function signalGroup(supervisor: Supervisor, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (supervisor.pid === undefined || !supervisors.has(supervisor)) {
    return;
  }
  if (process.platform === 'win32') {
    supervisor.stdin.destroy();
    return;
  }
  try {
    process.kill(-supervisor.pid, signal);
  } catch {
    // The group has ended already.
  }
}

let watching = false;

function watchSignals(): void {
  if (watching) {
    return;
  }
  watching = true;
  process.on('exit', endEverything);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const onSignal = (): void => {
      endEverything();
      process.off(signal, onSignal);
      // Other listeners decide when this process ends. `exit` rather than the signal: the browser ends at exit.
      if (process.listenerCount(signal) === 0) {
        process.exit(128 + constants.signals[signal]);
      }
    };
    process.on(signal, onSignal);
  }
}

function endEverything(): void {
  for (const supervisor of supervisors) {
    signalGroup(supervisor, 'SIGKILL');
  }
  for (const dir of folders) {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  }
}
