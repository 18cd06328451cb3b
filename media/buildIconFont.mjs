// Makes media/ona-scm-icons.woff from media/providerIcons/*.svg. The same drawings give the same bytes.
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import svgtofont from 'svgtofont';

const fontName = 'ona-scm-icons';

// package.json (contributes.icons) names these code points: give a new drawing the next one, never reuse or move one.
const codePoints = new Map([
  ['gitlab', 0xe001],
  ['bitbucket', 0xe002],
  ['azure-devops-server', 0xe003],
  ['git-host', 0xe004],
]);

const media = dirname(fileURLToPath(import.meta.url));
const drawings = join(media, 'providerIcons');

const drawn = (await readdir(drawings)).map((file) => basename(file, '.svg')).sort();
const listed = [...codePoints.keys()].sort();
if (drawn.join() !== listed.join()) {
  throw new Error(`providerIcons has ${drawn.join(', ')}; the code points are for ${listed.join(', ')}.`);
}

// svgtofont leaves its SVG font and TrueType font beside the result, so it works in a directory of its own.
const work = await mkdtemp(join(tmpdir(), `${fontName}-`));
try {
  await svgtofont({
    src: drawings,
    dist: work,
    fontName,
    log: false,
    css: false,
    generateInfoData: false,
    excludeFormat: ['eot', 'woff2', 'symbol.svg'],
    getIconUnicode: (name) => [String.fromCodePoint(codePoints.get(name))],
    // The 16×16 grid is the whole em and sits on the baseline, as codicons do, so rows centre both alike.
    svgicons2svgfont: {
      fontName,
      fontHeight: 1024,
      normalize: true,
      fixedWidth: true,
      ascent: 1024,
      descent: 0,
    },
    svg2ttf: {
      ts: 0,
      version: '1.0',
      description: 'Marks of SCM providers',
      url: 'https://github.com/ona-community/ona-scm-integrations',
    },
  });
  // svgtofont logs its errors and returns; a missing font fails here.
  await copyFile(join(work, `${fontName}.woff`), join(media, `${fontName}.woff`));
} finally {
  await rm(work, { recursive: true, force: true });
}
