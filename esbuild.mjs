import { basename } from 'node:path';
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

/**
 * Files of their own: the application, which an activation does not wait for, and what is not loaded before somebody asks
 * for it. They share no code, and so no state: that is handed over.
 */
const APART = {
  app: 'src/app.ts',
  later: 'src/commands/later.ts',
  detailsPanel: 'src/views/details/detailsPanel.ts',
};

const apart = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      const name = kind === 'dynamic-import' ? basename(path, '.ts') : '';
      return name in APART ? { path: `./${name}.cjs`, external: true } : undefined;
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

const contexts = await Promise.all([
  esbuild.context({
    ...common,
    entryPoints: { extension: 'src/extension.ts', ...APART },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    plugins: [apart, problems],
    // `require()` instead: VS Code hooks into that, not into `import()`.
    supported: { 'dynamic-import': false },
    platform: 'node',
    format: 'cjs',
    alias: { '@vscode/l10n': './src/platform/l10n.ts' },
    // The Node.js of the oldest VS Code that engines.vscode allows.
    target: 'node22',
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
