import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { EmptyExtension } from './emptyExtension.ts';
import { format } from './format.ts';
import { promises } from './promises.ts';
import type { Row, Section } from './report.ts';

/** What every window loads at its start; static imports add more. */
const STARTED = /^(?:extension\.cjs|app\.js)$/;

/** In the bundle that a window loads as well while signed in: at its start, if the key is from the environment. */
const EXPORTED_CLIENT = /\bexport\s*\{[^}]*\bas OnaClient\b/;

/** Left by a development build, and not packaged. */
const SOURCE_MAP = '.map';

/** The installed size, and the built part of it, compared to an extension that does nothing. */
export async function measureSizes(vsix: string, empty: EmptyExtension): Promise<Section> {
  const bundles = await bundleSizes();
  const rows: Row[] = [];
  for (const [name, bytes] of bundles) {
    const peer = name === 'extension.cjs' ? [await kilobytesOf(empty.bundle)] : [];
    rows.push({ what: `dist/${name}`, cells: [format.kilobytes(bytes), ...peer] });
  }
  rows.push({ what: 'VSIX', cells: [await kilobytesOf(vsix), await kilobytesOf(empty.vsix)] });
  const loaded = await withStaticImports([
    ...[...bundles.keys()].filter((name) => STARTED.test(name)),
    await clientBundle(bundles.keys()),
  ]);
  const sizeOf = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + (bundles.get(name) ?? NaN), 0);
  rows.push({ what: 'all bundles', cells: [format.kilobytes(sizeOf(bundles.keys()))] });
  return {
    title: 'Size',
    columns: ['ours', 'empty extension'],
    rows,
    promises: [
      promises.mainBundle(sizeOf(loaded)),
      promises.allBundles(sizeOf(bundles.keys())),
      promises.vsix((await stat(vsix)).size),
    ],
    notes: ['1 kB is 1,000 bytes.'],
  };
}

async function bundleSizes(): Promise<Map<string, number>> {
  const names = await readdir('dist', { recursive: true });
  const sizes = new Map<string, number>();
  for (const name of names.sort()) {
    const stats = await stat(join('dist', name));
    if (stats.isFile() && !name.endsWith(SOURCE_MAP)) {
      sizes.set(name, stats.size);
    }
  }
  return sizes;
}

async function clientBundle(names: Iterable<string>): Promise<string> {
  for (const name of names) {
    if (EXPORTED_CLIENT.test(await readFile(join('dist', name), 'utf8'))) {
      return name;
    }
  }
  throw new Error('No bundle exports the client.');
}

/** These files of `dist`, and their static imports. */
async function withStaticImports(names: readonly string[], found = new Set<string>()): Promise<Set<string>> {
  for (const name of names.filter((one) => !found.has(one))) {
    found.add(name);
    const text = await readFile(join('dist', name), 'utf8');
    const imported = [...text.matchAll(/\b(?:from|import)\s*"(\.[^"]+)"/g)].map(([, path = '']) =>
      posix.join(posix.dirname(name), path),
    );
    await withStaticImports(imported, found);
  }
  return found;
}

async function kilobytesOf(path: string): Promise<string> {
  return format.kilobytes((await stat(path)).size);
}
