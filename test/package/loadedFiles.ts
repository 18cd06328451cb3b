import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, join, posix, relative } from 'node:path';
import * as esbuild from 'esbuild';
import { extensionHostOptions } from '../../bundles.ts';
import { WEBVIEWS } from '../../src/names.ts';
import { webviewHtml } from '../../src/views/webviewHtml.ts';

export interface Loaded {
  /** Paths relative to the extension's folder, existing or not. */
  readonly files: ReadonlySet<string>;
  /** Packages imported at run time, except Node.js modules and those that bundles.ts leaves out. */
  readonly packages: ReadonlySet<string>;
}

/**
 * Everything that VS Code, an extension's own code or its webviews load of it.
 *
 * @param folder the unpacked extension; the current folder is the repository
 */
export async function loadedFiles(folder: string): Promise<Loaded> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { main: string };
  const pages = WEBVIEWS.flatMap(linkedFiles);
  const scripts = [posix.normalize(manifest.main), ...pages];
  const { files, packages } = await imports(folder, scripts);
  return {
    files: new Set([
      'package.json',
      ...namedFiles(manifest),
      ...(await translations()),
      ...pages,
      ...files,
      ...(await spelledFiles(folder)),
    ]),
    packages,
  };
}

/** Every string of the manifest that is a file path. */
function namedFiles(value: unknown): string[] {
  if (typeof value === 'string') {
    return /^(?:\.\/)?[\w-]+(?:\/[\w.-]+)*\/[\w.-]+\.\w+$/.test(value) ? [posix.normalize(value)] : [];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namedFiles) : [];
}

/** VS Code loads these by display language. */
async function translations(): Promise<string[]> {
  const ofManifest = (await readdir('.')).filter((name) => /^package\.nls(?:\.[\w-]+)?\.json$/.test(name));
  return [...ofManifest, ...(await readdir('l10n')).map((name) => `l10n/${name}`)];
}

/** What a webview's document links to. */
function linkedFiles(name: (typeof WEBVIEWS)[number]): string[] {
  const document = webviewHtml(name, '', (folder, file) => `${folder}/${file}`);
  return [...document.matchAll(/ (?:href|src)="([^"]+)"/g)].map(([, file = '']) => file);
}

/** What scripts and style sheets import, directly or indirectly, statically or dynamically. */
async function imports(folder: string, entries: readonly string[]): Promise<Loaded> {
  const files = new Set<string>();
  const packages = new Set<string>();
  const follow: esbuild.Plugin = {
    name: 'follow',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, resolveDir, kind }) => {
        const isFile = path.startsWith('.') || kind === 'url-token' || kind === 'import-rule';
        if (kind === 'entry-point') {
          return { path: join(folder, path) };
        }
        if (extensionHostOptions.external.includes(path) || isBuiltin(path)) {
          return { path, external: true };
        }
        if (!isFile) {
          packages.add(path);
          return { path, external: true };
        }
        const file = join(resolveDir, path);
        files.add(relative(folder, file).replaceAll('\\', '/'));
        return existsSync(file) ? { path: file } : { path, external: true };
      });
    },
  };
  await esbuild.build({
    entryPoints: entries.filter((file) => existsSync(join(folder, file))),
    outdir: join(folder, 'unused'),
    write: false,
    bundle: true,
    format: 'esm',
    platform: 'node',
    loader: { '.woff': 'empty' },
    logLevel: 'silent',
    plugins: [follow],
  });
  return { files: new Set([...entries, ...files]), packages };
}

/** Images, style sheets and fonts that the code loads by URL. */
async function spelledFiles(folder: string): Promise<string[]> {
  const all = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll('\\', '/'));
  const texts = await Promise.all(
    all.filter((file) => /\.c?js$/.test(file)).map((file) => readFile(join(folder, file), 'utf8')),
  );
  const names = texts.flatMap((text) =>
    [...text.matchAll(/["'`]([\w-]+\.(?:css|html|svg|png|gif|jpg|woff2?|ttf))["'`]/g)].map(
      ([, name = '']) => name,
    ),
  );
  return names.map((name) => all.find((file) => basename(file) === name) ?? name);
}
