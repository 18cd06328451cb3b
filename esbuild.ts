/** Builds `dist`: with `--production` for the VSIX, with `--watch` after every change. */
import { rm } from 'node:fs/promises';
import * as esbuild from 'esbuild';
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
}
