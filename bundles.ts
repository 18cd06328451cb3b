import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { WEBVIEWS } from './src/names.ts';

/** Replaces the parts of node-fetch that the extension does not use. */
const NODE_FETCH_PARTS = './src/api/transport/nodeFetchParts.ts';

/** Replaces parts that are no packages, which `alias` cannot, where `importer` imports them. */
function replacing(part: RegExp, importer: RegExp, replacement: string): Plugin {
  return {
    name: `with ${replacement}`,
    setup(build) {
      build.onResolve({ filter: part }, (args) =>
        importer.test(args.importer) ? { path: resolve(import.meta.dirname, replacement) } : undefined,
      );
    },
  };
}

const VSCODE = resolve(import.meta.dirname, 'src/platform/vscode.ts');

/** Lets one file import the editor for all. esbuild keeps an import of it for each module: 3 kB of import lists. */
const oneEditor: Plugin = {
  name: 'one editor',
  setup(build) {
    build.onResolve({ filter: /^vscode$/ }, ({ importer }) =>
      importer === VSCODE ? { path: 'vscode', external: true } : { path: VSCODE },
    );
  },
};

/** Each file in it names files that are loaded together. */
const CHUNKS = resolve(import.meta.dirname, 'src/chunks');

/**
 * Makes `import()` of a file that `src/chunks` names load all that is named with it. Each file that is loaded on its
 * own splits the code that it shares with others, and lists of imports and exports were 6 % of all bundles.
 */
const loadedTogether: Plugin = {
  name: 'loaded together',
  setup(build) {
    const chunks = new Map<string, string>();
    build.onStart(() => {
      chunks.clear();
      for (const chunk of readdirSync(CHUNKS).map((name) => join(CHUNKS, name))) {
        for (const [, path = ''] of readFileSync(chunk, 'utf8').matchAll(/^export \* from '(.+)';$/gm)) {
          chunks.set(resolve(CHUNKS, path), chunk);
        }
      }
    });
    build.onResolve({ filter: /^\./ }, ({ kind, resolveDir, path }) => {
      const chunk = kind === 'dynamic-import' ? chunks.get(resolve(resolveDir, path)) : undefined;
      return chunk === undefined ? undefined : { path: chunk };
    });
    // esbuild makes a file for each set of chunks that share code. If all of them share the application, what every
    // window loads is one file instead of nine.
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) =>
      dirname(path) === CHUNKS
        ? { contents: `${await readFile(path, 'utf8')}export * from '../app.ts';`, loader: 'ts' }
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
  // The target knows all of these that are used. esbuild would write them as strings, and keep those that are not used.
  supported: { 'regexp-unicode-property-escapes': true },
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
  plugins: [
    replacing(/^\.\/utils\/(?:is|referrer)\.js$/, /[\\/]node-fetch[\\/]src[\\/]\w+\.js$/, NODE_FETCH_PARTS),
  ],
} satisfies BuildOptions;

/** Options for the application. Tests use more of the packages. */
export const applicationOptions = {
  ...extensionHostOptions,
  format: 'esm',
  // node-fetch compares it with that of Node.js 14, which needs more code.
  define: { 'process.version': JSON.stringify('v22.0.0') },
  plugins: [
    ...extensionHostOptions.plugins,
    replacing(
      /^\.\.?\/(?:proto-int64|text-encoding)\.js$/,
      /[\\/]@bufbuild[\\/]protobuf[\\/]dist[\\/]esm[\\/]wire[\\/][\w-]+\.js$/,
      './src/api/transport/protobufParts.ts',
    ),
  ],
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
  // The application. What is loaded on demand becomes separate files, and so does shared code, so that a class is the
  // same in all of them.
  {
    ...applicationOptions,
    entryPoints: ['src/app.ts'],
    outdir: 'dist',
    splitting: true,
    // Chunks import each other: longer names were 1 kB of all bundles.
    chunkNames: 'chunks/[hash]',
    plugins: [...applicationOptions.plugins, oneEditor, loadedTogether],
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
