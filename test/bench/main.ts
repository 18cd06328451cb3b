/**
 * `npm run bench`: what the product promises of its size and speed, beside a peer's figures from the same run. Fewer
 * repetitions than 10 are for trying it out: `npm run bench -- --repetitions 2`. Fails only where something could not
 * be measured.
 */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from '../packageExtension.ts';
import { startSandbox } from '../sandbox/server.ts';
import { removeAtExit } from '../vscode/child.ts';
import { type Host, type HostOptions, startHost } from '../vscode/startHost.ts';
import type { ActivationInput, ActivationOutput } from './activationProbe.ts';
import { emptyExtension } from './emptyExtension.ts';
import { EXCHANGE_VARIABLE } from './exchange.ts';
import { measureActivation } from './measureActivation.ts';
import { measureRows } from './measureRows.ts';
import { measureSizes } from './measureSizes.ts';
import { buildProbe } from './probe.ts';
import { report, type Section } from './report.ts';
import type { RowsInput, RowsOutput } from './rowsProbe.ts';

const { values } = parseArgs({ options: { repetitions: { type: 'string', default: '10' } } });
const repetitions = Number(values.repetitions);
if (!Number.isInteger(repetitions) || repetitions < 1) {
  throw new Error('--repetitions is a whole number from 1 on');
}
const apiKey = 'bench-api-key';

const folder = await mkdtemp(join(tmpdir(), 'ona-scm-bench-'));
removeAtExit(folder);
try {
  console.log(`\n${report(await measureAll())}`);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function measureAll(): Promise<Section[]> {
  // A copy, so that a build beside this one cannot replace it.
  const vsix = join(folder, 'ours.vsix');
  await copyFile(await packageExtension(), vsix);
  const empty = await emptyExtension(folder);
  const { publisher, name } = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, string>;
  const ids = { ours: `${publisher}.${name}`, empty: empty.id };
  const activation = await buildProbe<ActivationInput, ActivationOutput>('activationProbe.ts', folder);
  const rows = await buildProbe<RowsInput, RowsOutput>('rowsProbe.ts', folder);
  const sandbox = await startSandbox({ apiKey });
  const hostOptions = { extensions: [vsix, empty.vsix], settings: { 'onaScm.apiUrl': sandbox.url } };
  try {
    return [
      ...(await inHost(hostOptions, {
        Size: () => measureSizes(vsix, empty),
        'Activation, signed out': (host) => measureActivation(host, activation, ids, repetitions),
      })),
      ...(await inHost(
        { ...hostOptions, env: { ONA_API_KEY: apiKey } },
        {
          'Activation, signed in': (host) => measureActivation(host, activation, ids, repetitions),
          'First rows': (host) => measureRows(host, rows, { apiKey, repetitions }),
        },
      )),
    ];
  } finally {
    await sandbox.close();
  }
}

/** Measures one after another; what fails is told, and the rest goes on. */
async function inHost(
  options: HostOptions,
  measurements: Readonly<Record<string, (host: Host) => Promise<Omit<Section, 'title'>>>>,
): Promise<Section[]> {
  const host = await startHost({ ...options, env: { ...options.env, [EXCHANGE_VARIABLE]: folder } });
  const sections: Section[] = [];
  try {
    for (const [title, measure] of Object.entries(measurements)) {
      console.error(`Measuring: ${title}`);
      sections.push({ title, ...(await measure(host).catch(notMeasured)) });
    }
    return sections;
  } finally {
    await host.stop();
  }
}

function notMeasured(error: unknown): Omit<Section, 'title'> {
  console.error(error);
  process.exitCode = 1;
  return { peer: '', rows: [{ what: 'could not be measured', ours: '' }] };
}
