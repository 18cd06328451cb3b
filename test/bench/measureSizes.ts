import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmptyExtension } from './emptyExtension.ts';
import { format } from './format.ts';
import { promises } from './promises.ts';
import type { Row, Section } from './report.ts';

/** The main bundle: what `main` in package.json names, and what that loads. */
const MAIN_BUNDLE = ['extension.cjs', 'app.cjs'];

/** Left by a build for development, and not packaged. */
const SOURCE_MAP = '.map';

/** What is installed, and what of it is built, against an extension that does nothing. */
export async function measureSizes(vsix: string, empty: EmptyExtension): Promise<Section> {
  const bundles = await bundleSizes();
  const rows: Row[] = [];
  for (const [name, bytes] of bundles) {
    const peer = name === MAIN_BUNDLE[0] ? [await kilobytesOf(empty.bundle)] : [];
    rows.push({ what: `dist/${name}`, cells: [format.kilobytes(bytes), ...peer] });
  }
  rows.push({ what: 'VSIX', cells: [await kilobytesOf(vsix), await kilobytesOf(empty.vsix)] });
  const mainBundle = MAIN_BUNDLE.reduce((sum, name) => sum + (bundles.get(name) ?? NaN), 0);
  return {
    title: 'Size',
    columns: ['ours', 'empty extension'],
    rows,
    promises: [promises.mainBundle(mainBundle), promises.vsix((await stat(vsix)).size)],
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

async function kilobytesOf(path: string): Promise<string> {
  return format.kilobytes((await stat(path)).size);
}
