import { resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { WEBVIEWS } from './src/names.ts';

/** Replaces the parts of node-fetch that the extension does not use. */
const NODE_FETCH_PARTS = './src/api/transport/nodeFetchParts.ts';

/** The parts that are no packages, which `alias` cannot replace. */
const withoutUnused: Plugin = {
  name: 'without unused parts',
  setup(build) {
    build.onResolve({ filter: /^\.\/utils\/(?:is|referrer)\.js$/ }, ({ importer }) =>
      /[\\/]node-fetch[\\/]src[\\/]\w+\.js$/.test(importer)
        ? { path: resolve(import.meta.dirname, NODE_FETCH_PARTS) }
        : undefined,
    );
  },
};

/** Options for code that runs in the extension host: the extension's and that of tests. */
export const extensionHostOptions = {
  bundle: true,
  // Node.js reads modules as UTF-8.
  charset: 'utf8',
  platform: 'node',
  // The Node.js of the oldest VS Code that engines.vscode allows.
  target: 'node22',
  alias: {
    // The editor has already loaded the translations.
    '@vscode/l10n': './src/platform/l10n.ts',
    'formdata-polyfill/esm.min.js': NODE_FETCH_PARTS,
    'fetch-blob': NODE_FETCH_PARTS,
    'fetch-blob/from.js': NODE_FETCH_PARTS,
    'data-uri-to-buffer': NODE_FETCH_PARTS,
  },
  // node-fetch loads the polyfill only if Node.js has no web streams, and the parser only for multipart responses.
  // Neither ever happens.
  external: ['vscode', './utils/multipart-parser.js'],
  plugins: [withoutUnused],
} satisfies BuildOptions;

/** Everything in `dist`. All of it goes into the VSIX. */
export const BUNDLES: readonly BuildOptions[] = [
  // Not an ES module: VS Code takes 5.3 ms to activate an empty CommonJS extension, and 7.2 ms for an empty ES module.
  // It only registers what leads into the application.
  {
    ...extensionHostOptions,
    entryPoints: ['src/extension.ts'],
    outdir: 'dist',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: [...extensionHostOptions.external, './app.js'],
  },
  // The application. Each `import()` becomes a separate file, and so does shared code, so that a class is the same in
  // all of them.
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
