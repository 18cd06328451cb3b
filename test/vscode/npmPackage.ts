import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

/**
 * Unpacks the package `spec` (`name@version`) into `dir` without its dependencies, using the user's npm with its
 * configured registry, proxy and login. npm checks the download against the registry's checksum.
 *
 * `members` are the paths to unpack inside the package (by default all), `exclude` patterns to leave out (as in
 * `tar --exclude`), `stripComponents` the number of leading folders to drop, including the package's own (1).
 */
export async function unpackPackage(
  spec: string,
  dir: string,
  options: { members?: readonly string[]; exclude?: readonly string[]; stripComponents?: number } = {},
): Promise<void> {
  const { members = [], exclude = [], stripComponents = 1 } = options;
  await mkdir(dir, { recursive: true });
  const download = await mkdtemp(join(dir, '.download-'));
  try {
    await npm(['pack', spec, '--silent', '--pack-destination', download], download);
    const [file] = await readdir(download);
    if (file === undefined) {
      throw new Error(`npm pack ${spec} wrote no file`);
    }
    await unpackTar(join(download, file), dir, [
      `--strip-components=${stripComponents}`,
      ...exclude.map((pattern) => `--exclude=${pattern}`),
      ...members.map((member) => `package/${member}`),
    ]);
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/** Installs the dependencies of the package in `dir`, without their scripts: no compiler is needed. */
export async function installDependencies(dir: string): Promise<void> {
  await npm(['install', '--prefix', dir, '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], dir);
}

/** Unpacks a tar file compressed with gzip (`.tgz`) or brotli (`.tar.br`) into `dir`. */
export async function unpackTar(file: string, dir: string, args: readonly string[] = []): Promise<void> {
  await mkdir(dir, { recursive: true });
  // tar is part of Linux, macOS and Windows 10; decompressing here avoids requiring gzip and brotli too.
  const tar = spawn('tar', ['-x', '-f', '-', '-C', dir, '--no-same-owner', ...args], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const closed = once(tar, 'close') as Promise<[number | null]>;
  const decompress = file.endsWith('.br') ? createBrotliDecompress() : createGunzip();
  const piped = pipeline(createReadStream(file), decompress, tar.stdin).catch((error: unknown) => {
    // tar stops reading at the archive's end, possibly before the padding that follows.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code)) {
      throw error;
    }
  });
  const [[code]] = await Promise.all([closed, piped]);
  if (code !== 0) {
    throw new Error(`tar ended with ${String(code)} on ${basename(file)}`);
  }
}

async function npm(args: string[], cwd: string): Promise<void> {
  // Under `npm start` and `npm test` this is the npm that runs us; else the one on the PATH.
  const cli = process.env['npm_execpath'];
  const viaNode = cli !== undefined && basename(cli) === 'npm-cli.js';
  const shell = !viaNode && process.platform === 'win32';
  const command = viaNode ? process.execPath : 'npm';
  const all = viaNode ? [cli, ...args] : shell ? args.map((arg) => `"${arg}"`) : args;
  const child = spawn(command, all, { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new Error(`npm ${args.join(' ')} ended with ${String(code)}:\n${output}`);
  }
}
