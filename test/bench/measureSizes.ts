import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmptyExtension } from './emptyExtension.ts';
import { format } from './format.ts';
import { promises } from './promises.ts';
import type { Row, Section } from './report.ts';

/** The main bundle, as `main` in package.json names it. */
const MAIN_BUNDLE = 'extension.cjs';

/** What is installed, and what of it is built, against an extension that does nothing. */
export async function measureSizes(vsix: string, empty: EmptyExtension): Promise<Omit<Section, 'title'>> {
  const names = await readdir('dist', { recursive: true });
  const rows = await Promise.all(names.sort().map((name) => bundleRow(name, empty.bundle)));
  const { size } = await stat(vsix);
  const vsixRow: Row = {
    what: 'VSIX',
    ours: format.kilobytes(size),
    peer: format.kilobytes((await stat(empty.vsix)).size),
    promise: promises.vsix(size),
  };
  return {
    peer: 'empty extension',
    rows: [...rows.filter((row) => row !== undefined), vsixRow],
    notes: ['  1 kB is 1,000 bytes.'],
  };
}

/** Undefined for a folder. */
async function bundleRow(name: string, emptyBundle: string): Promise<Row | undefined> {
  const stats = await stat(join('dist', name));
  if (!stats.isFile()) {
    return undefined;
  }
  const row = { what: `dist/${name}`, ours: format.kilobytes(stats.size) };
  if (name !== MAIN_BUNDLE) {
    return row;
  }
  const peer = format.kilobytes((await stat(emptyBundle)).size);
  return { ...row, peer, promise: promises.mainBundle(stats.size) };
}
