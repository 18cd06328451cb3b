// Makes media/ona-scm-icons.woff, and the style sheet that names its glyphs for webviews, from media/providerIcons/*.svg
// and the codicons that a webview cannot get from the editor. The same drawings give the same bytes.
import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import svgtofont from 'svgtofont';

const fontName = 'ona-scm-icons';

// package.json (contributes.icons) names the first of these code points: give a new drawing the next one, never reuse or
// move one.
const codePoints = new Map([
  ['gitlab', 0xe001],
  ['bitbucket', 0xe002],
  ['azure-devops-server', 0xe003],
  ['git-host', 0xe004],
]);
const codicons = new Map([
  ['github', 0xe101],
  ['azure-devops', 0xe102],
  ['copy', 0xe103],
  ['check', 0xe104],
  ['refresh', 0xe105],
  ['vm-active', 0xe106],
  ['vm-outline', 0xe107],
  ['cloud', 0xe108],
  ['home', 0xe109],
  ['question', 0xe10a],
  ['warning', 0xe10b],
  ['trash', 0xe10c],
  ['pin', 0xe10d],
  ['link-external', 0xe10e],
  ['chevron-right', 0xe10f],
  ['error', 0xe110],
]);

const media = dirname(fileURLToPath(import.meta.url));
const drawings = join(media, 'providerIcons');
const codiconDrawings = join(media, '..', 'node_modules', '@vscode', 'codicons', 'src', 'icons');

const drawn = (await readdir(drawings)).map((file) => basename(file, '.svg')).sort();
const listed = [...codePoints.keys()].sort();
if (drawn.join() !== listed.join()) {
  throw new Error(`providerIcons has ${drawn.join(', ')}; the code points are for ${listed.join(', ')}.`);
}
const { contributes } = JSON.parse(await readFile(join(media, '..', 'package.json'), 'utf8'));
for (const [name, codePoint] of codePoints) {
  const character = contributes.icons[`ona-scm-${name}`]?.default.fontCharacter;
  if (character !== `\\${codePoint.toString(16).toUpperCase()}`) {
    throw new Error(`package.json gives ona-scm-${name} the character ${character}.`);
  }
}

// svgtofont leaves its SVG font and TrueType font beside the result, so it works in a directory of its own.
const work = await mkdtemp(join(tmpdir(), `${fontName}-`));
try {
  const all = new Map([...codePoints, ...codicons]);
  for (const name of all.keys()) {
    await copyFile(
      join(codicons.has(name) ? codiconDrawings : drawings, `${name}.svg`),
      join(work, `${name}.svg`),
    );
  }
  await svgtofont({
    src: work,
    dist: join(work, 'font'),
    fontName,
    log: false,
    css: false,
    generateInfoData: false,
    excludeFormat: ['eot', 'woff2', 'symbol.svg'],
    getIconUnicode: (name) => [String.fromCodePoint(all.get(name))],
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
      description: 'Marks of SCM providers, and some codicons (CC BY 4.0, Microsoft)',
      url: 'https://github.com/ona-community/ona-scm-integrations',
    },
  });
  // svgtofont logs its errors and returns; a missing font fails here.
  await copyFile(join(work, 'font', `${fontName}.woff`), join(media, `${fontName}.woff`));
  await writeFile(join(media, `${fontName}.css`), styleSheet(all));
} finally {
  await rm(work, { recursive: true, force: true });
}

function styleSheet(all) {
  const glyphs = [...all].map(
    ([name, codePoint]) => `.icon-${name}::before {\n  content: '\\${codePoint.toString(16)}';\n}\n`,
  );
  return `/* Made by buildIconFont.mjs. */
@font-face {
  font-family: '${fontName}';
  src: url('${fontName}.woff') format('woff');
}

.icon {
  display: inline-block;
  font: 16px/1 '${fontName}';
  text-align: center;
  user-select: none;
}

${glyphs.join('\n')}`;
}
