import { rm } from 'node:fs/promises';
import * as esbuild from 'esbuild';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Prints what the problem matcher of .vscode/tasks.json reads. */
const problems = {
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

const common = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  logLevel: 'silent',
  plugins: [problems],
};

// Chunks of an earlier build have other names.
await rm('dist', { recursive: true, force: true });

/** The extension host. */
const node = {
  ...common,
  outdir: 'dist',
  platform: 'node',
  // The Node.js of the oldest VS Code that engines.vscode allows.
  target: 'node22',
  alias: { '@vscode/l10n': './src/platform/l10n.ts' },
};

const contexts = await Promise.all([
  // Not an ES module: VS Code takes 5.3 ms to activate an empty CommonJS extension, and 7.2 ms for an empty ES module. All
  // it does is to register what leads into the application.
  esbuild.context({
    ...node,
    entryPoints: ['src/extension.ts'],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', './app.js'],
  }),
  // The application. Each `import()` becomes a file of its own, and what several files share another one, so a class is
  // the same in all of them.
  esbuild.context({
    ...node,
    entryPoints: ['src/app.ts'],
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // web-streams-polyfill: node-fetch wants it only where Node.js has no web streams, which is nowhere here; the parser
    // only for an answer of several parts, which nobody asks for.
    external: ['vscode', 'web-streams-polyfill', './utils/multipart-parser.js'],
  }),
  esbuild.context({
    ...common,
    entryPoints: ['src/webview/details.ts'],
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    // The Chromium of the oldest VS Code that engines.vscode allows.
    target: 'chrome138',
  }),
]);

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
