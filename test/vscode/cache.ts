import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '..', '..');

/**
 * Where everything installed for tests and for `npm start` stands: `.cache/` in the repository, ignored by git, or the
 * folder named by `ONA_TEST_CACHE`. Deleting it is safe whenever nothing from it runs.
 */
export const cacheDir = resolve(process.env['ONA_TEST_CACHE'] ?? join(repository, '.cache'));

const running = new Map<string, Promise<string>>();

/**
 * Answers the cache's folder `name`, installing it first where it is missing. The version belongs in the name, since a
 * folder that exists is never looked into. `install` fills a temporary sibling which is then renamed, so a half install
 * is never used; of two processes that install the same at once, the first to rename wins and the other uses its work.
 */
export function installOnce(name: string, install: (dir: string) => Promise<void>): Promise<string> {
  let installing = running.get(name);
  if (installing === undefined) {
    // A failed install may be tried again, so only successes are remembered.
    installing = doInstall(name, install).catch((error: unknown) => {
      running.delete(name);
      throw new Error(`Could not install ${name} into ${cacheDir}`, { cause: error });
    });
    running.set(name, installing);
  }
  return installing;
}

async function doInstall(name: string, install: (dir: string) => Promise<void>): Promise<string> {
  const target = join(cacheDir, name);
  if (existsSync(target)) {
    return target;
  }
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned();
  const temporary = join(cacheDir, `tmp-${process.pid}-${randomUUID()}`);
  await mkdir(temporary);
  process.stderr.write(`Installing ${name} …\n`);
  const started = performance.now();
  try {
    await install(temporary);
    await rename(temporary, target);
    process.stderr.write(`Installed ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(target)) {
      throw error;
    }
  }
  return target;
}

/** Removes what installs that were interrupted have left: their process no longer lives. */
async function removeAbandoned(): Promise<void> {
  for (const entry of await readdir(cacheDir)) {
    const pid = /^tmp-(\d+)-/.exec(entry)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(cacheDir, entry), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
