/** Builds `dist`: with `--production` for the VSIX, with `--watch` after every change. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { minify } from 'terser';
import { BUNDLES } from './bundles.ts';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Prints what the problem matcher of .vscode/tasks.json reads. */
const problems: esbuild.Plugin = {
  name: 'problems',
  setup(build) {
    build.onStart(() => console.log('[build] started'));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(
          `${location?.file ?? ''}:${location?.line ?? 0}:${location?.column ?? 0}: error: ${text}`,
        );
      }
      console.log('[build] finished');
    });
  },
};

/** Makes the bundles of a production build 1 % smaller than esbuild's own minifying does. */
async function minifyAgain(folder: string): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    if (/\.c?js$/.test(name)) {
      const path = join(folder, name);
      const { code = '' } = await minify(await readFile(path, 'utf8'), {
        // None of the files shares its top level with another script.
        module: true,
        ecma: 2020,
        compress: { passes: 2 },
      });
      await writeFile(path, code);
    }
  }
}

// Chunks of an earlier build have other names.
await rm('dist', { recursive: true, force: true });

const contexts = await Promise.all(
  BUNDLES.map((options) =>
    esbuild.context({
      ...options,
      minify: production,
      sourcemap: !production,
      logLevel: 'silent',
      plugins: [...(options.plugins ?? []), problems],
    }),
  ),
);

if (watch) {
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  try {
    await Promise.all(contexts.map((context) => context.rebuild()));
  } catch {
    // The plugin has printed the errors.
    process.exitCode = 1;
  }
  await Promise.all(contexts.map((context) => context.dispose()));
  if (production && process.exitCode === undefined) {
    await minifyAgain('dist');
  }
}
