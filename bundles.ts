import type { BuildOptions } from 'esbuild';
import { WEBVIEWS } from './src/names.ts';

/** For code that runs in the extension host, be it the extension's or a test's. */
export const extensionHostOptions = {
  bundle: true,
  platform: 'node',
  // The Node.js of the oldest VS Code that engines.vscode allows.
  target: 'node22',
  // The editor has loaded the texts already.
  alias: { '@vscode/l10n': './src/platform/l10n.ts' },
  // node-fetch imports the polyfill only if Node.js has no web streams, which no VS Code has to do without, and the parser
  // only for an answer in several parts, which is never asked for.
  external: ['vscode', 'web-streams-polyfill', './utils/multipart-parser.js'],
} satisfies BuildOptions;

/** Everything in `dist`, which goes into the VSIX as it is (.vscodeignore). */
export const BUNDLES: readonly BuildOptions[] = [
  // Not an ES module: VS Code takes 5.3 ms to activate an empty CommonJS extension, and 7.2 ms for an empty ES module. All
  // it does is to register what leads into the application.
  {
    ...extensionHostOptions,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: [...extensionHostOptions.external, './app.js'],
  },
  // The application. Each `import()` becomes a file of its own, and what several files share another one, so a class is
  // the same in all of them.
  {
    ...extensionHostOptions,
    entryPoints: ['src/app.ts'],
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
  },
  // The scripts of the webviews.
  {
    bundle: true,
    entryPoints: WEBVIEWS.map((name) => `src/webview/${name}.ts`),
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    // The Chromium of the oldest VS Code that engines.vscode allows.
    target: 'chrome138',
  },
];
