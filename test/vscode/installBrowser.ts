import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { installOnce } from './cache.ts';
import { unpackPackage, unpackTar } from './npmPackage.ts';

/** How to start a browser that shows the workbench. */
export interface BrowserInstallation {
  readonly executablePath: string;
  readonly args: readonly string[];
  /** Added to the environment of the browser's process. */
  readonly env: Readonly<Record<string, string>>;
}

/** Keeps Chromium off the network: otherwise it looks for updates, lists and hosts. */
const quietArgs = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The browser for the workbench: `ONA_TEST_BROWSER` (a path) if set, else an installed Chrome, Chromium or Edge, else a
 * headless Chromium for Linux x64 from npm, installed into the cache with its own fonts (about 10 s).
 * `ONA_TEST_BROWSER=npm` selects that one directly: it renders the same on every machine.
 */
export async function installBrowser(): Promise<BrowserInstallation> {
  const chosen = process.env['ONA_TEST_BROWSER'];
  if (chosen === 'npm') {
    return installHeadless();
  }
  const executablePath = chosen ?? (await findInstalled());
  if (executablePath === undefined) {
    return installHeadless();
  }
  // Chromium refuses to run sandboxed as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath, args: [...quietArgs, ...asRoot], env: {} };
}

async function findInstalled(): Promise<string | undefined> {
  for (const candidate of candidates()) {
    // A launcher without its browser is common on Linux (`chromium-browser` without snap). Chrome on Windows opens a
    // window when asked for its version.
    if (existsSync(candidate) && (process.platform === 'win32' || (await starts(candidate)))) {
      return candidate;
    }
  }
  return undefined;
}

function candidates(): string[] {
  const inEach = (dirs: readonly (string | undefined)[], names: readonly string[]): string[] =>
    names.flatMap((name) =>
      dirs.flatMap((dir) => (dir === undefined || dir === '' ? [] : [join(dir, name)])),
    );
  switch (process.platform) {
    case 'win32':
      return inEach(
        ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]),
        [
          'Google/Chrome/Application/chrome.exe',
          'Chromium/Application/chrome.exe',
          'Microsoft/Edge/Application/msedge.exe',
        ],
      );
    case 'darwin':
      return inEach(
        ['/Applications', join(process.env['HOME'] ?? '', 'Applications')],
        ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `${name}.app/Contents/MacOS/${name}`),
      );
    default:
      return inEach(process.env['PATH']?.split(delimiter) ?? [], [
        'google-chrome-stable',
        'google-chrome',
        'chromium',
        'chromium-browser',
        'microsoft-edge-stable',
        'microsoft-edge',
      ]);
  }
}

async function starts(executable: string, env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  try {
    await promisify(execFile)(executable, ['--version'], {
      timeout: 10_000,
      env: { ...process.env, ...env },
    });
    return true;
  } catch {
    return false;
  }
}

const chromiumVersion = '153.0.0';

async function installHeadless(): Promise<BrowserInstallation> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No browser found: install Chrome, Chromium or Edge, or name one by ONA_TEST_BROWSER');
  }
  const [dir, fonts] = await Promise.all([
    installOnce(`chromium-${chromiumVersion}`, installChromium),
    installOnce('fonts-4', installFonts),
  ]);
  const executablePath = join(dir, 'chromium');
  // The second is fontconfig's cache; it resolves no other path that could be part of the cache folder.
  const env = { FONTCONFIG_FILE: join(fonts, 'fonts.conf'), XDG_CACHE_HOME: join(fonts, 'cache') };
  // This needs no user namespaces; the only page it opens is our own host's.
  const args = [...quietArgs, '--no-sandbox', '--font-render-hinting=none'];
  if (await starts(executablePath, env)) {
    return { executablePath, args, env };
  }
  // Beyond glibc it needs nss and nspr, and bundles them for systems without.
  const ownLibraries = { ...env, LD_LIBRARY_PATH: join(dir, 'lib') };
  if (await starts(executablePath, ownLibraries)) {
    return { executablePath, args, env: ownLibraries };
  }
  throw new Error(`${executablePath} does not start here: install Chrome or Chromium`);
}

async function installChromium(dir: string): Promise<void> {
  const packed = join(dir, 'bin');
  await unpackPackage(`@sparticuz/chromium@${chromiumVersion}`, dir, { members: ['bin'] });
  await Promise.all([
    pipeline(
      createReadStream(join(packed, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(dir, 'chromium'), { mode: 0o755 }),
    ),
    unpackTar(join(packed, 'al2023.tar.br'), dir),
    unpackTar(join(packed, 'swiftshader.tar.br'), dir),
  ]);
  await rm(packed, { recursive: true });
}

/** The same fonts everywhere: DejaVu for code, Open Sans for the rest, Sawarabi Gothic for Japanese. */
async function installFonts(dir: string): Promise<void> {
  const packed = join(dir, 'packed');
  await Promise.all([
    unpackPackage('dejavu-fonts-ttf@2.37.3', join(dir, 'dejavu'), { members: ['ttf'] }),
    unpackPackage('@expo-google-fonts/sawarabi-gothic@0.4.2', join(dir, 'sawarabi'), {
      members: ['400Regular'],
    }),
    unpackPackage(`@sparticuz/chromium@${chromiumVersion}`, packed, { members: ['bin/fonts.tar.br'] }),
  ]);
  await unpackTar(join(packed, 'bin', 'fonts.tar.br'), join(dir, 'openSans'));
  await rm(packed, { recursive: true });
  await mkdir(join(dir, 'cache'));
  const prefer = (family: string, ...fonts: string[]): string =>
    `<alias binding="strong"><family>${family}</family><prefer>${fonts
      .map((font) => `<family>${font}</family>`)
      .join('')}</prefer></alias>`;
  await writeFile(
    join(dir, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  ${prefer('sans', 'Open Sans', 'Sawarabi Gothic')}
  ${prefer('system-ui', 'Open Sans', 'Sawarabi Gothic')}
  ${prefer('sans-serif', 'Open Sans', 'Sawarabi Gothic')}
  ${prefer('monospace', 'DejaVu Sans Mono', 'Sawarabi Gothic')}
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`,
  );
}
