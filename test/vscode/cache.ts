import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '..', '..');

/**
 * Contains everything installed for tests and for `npm start`: `.cache/` in the repository, ignored by git, or the
 * folder named by `ONA_TEST_CACHE`. Safe to delete while nothing runs from it.
 */
export const cacheDir = resolve(process.env['ONA_TEST_CACHE'] ?? join(repository, '.cache'));

const running = new Map<string, Promise<string>>();

/**
 * Returns the cache's folder `name`, installing it first if missing. The version belongs in the name, since an existing
 * folder is never checked. `install` fills a temporary sibling which is then renamed, so a partial install is never
 * used; if two processes install the same at once, the first to rename wins and the other uses its result.
 */
export function installOnce(name: string, install: (dir: string) => Promise<void>): Promise<string> {
  let installing = running.get(name);
  if (installing === undefined) {
    // A failed install may be retried, so only successes are cached.
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

/** Removes leftovers of interrupted installs: those whose process has ended. */
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
    // EPERM: it is running, but belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
