/**
 * `npm run bench`: the promised size and speed of the product, next to its peers' figures from the same run. Fewer than
 * 10 repetitions are for trying it out: `npm run bench -- --repetitions 2`; `--only loads` measures only the sections
 * of that name. Fails only if something could not be measured.
 */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from '../packageExtension.ts';
import { makeCertificates } from '../sandbox/certificates.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { startSandbox } from '../sandbox/server.ts';
import { removeAtExit } from '../vscode/child.ts';
import { type Host, type HostOptions, startHost } from '../vscode/startHost.ts';
import type { ActivationInput, ActivationOutput } from './activationProbe.ts';
import { startApi } from './api.ts';
import type { ChecksInput, ChecksOutput } from './checksProbe.ts';
import { emptyExtension } from './emptyExtension.ts';
import { EXCHANGE_VARIABLE } from './exchange.ts';
import type { LiveInput, LiveOutput } from './liveProbe.ts';
import { loadPlans, MEDIUM } from './loadPlan.ts';
import type { LoadsInput, LoadsOutput } from './loadsProbe.ts';
import { measureActivation } from './measureActivation.ts';
import { measureChecks } from './measureChecks.ts';
import type { FilterInput, Keystroke } from './filterProbe.ts';
import { measureFilter } from './measureFilter.ts';
import { measureLive, measureLiveSimulation } from './measureLive.ts';
import { measureLoads } from './measureLoads.ts';
import { measureMemory } from './measureMemory.ts';
import { measureRestart } from './measureRestart.ts';
import { measureSizes } from './measureSizes.ts';
import { measureStatus } from './measureStatus.ts';
import { measureTasks } from './measureTasks.ts';
import { measureTree } from './measureTree.ts';
import { buildProbe } from './probe.ts';
import { report, type Section } from './report.ts';
import type { Restart } from './restartProbe.ts';
import type { StatusInput, StatusOutput } from './statusProbe.ts';
import type { TasksInput, TasksOutput } from './tasksProbe.ts';
import type { TreeInput, TreeOutput } from './treeProbe.ts';

const PARTS = [
  'sizes',
  'activation',
  'restart',
  'loads',
  'tree',
  'status',
  'checks',
  'live',
  'filter',
  'tasks',
  'memory',
] as const;

interface Measurement {
  readonly part: (typeof PARTS)[number];
  readonly title: string;
  readonly measure: (host: Host) => Promise<Section | readonly Section[]>;
}

const { values } = parseArgs({
  options: { repetitions: { type: 'string', default: '10' }, only: { type: 'string' } },
});
const repetitions = Number(values.repetitions);
if (!Number.isInteger(repetitions) || repetitions < 1) {
  throw new Error('--repetitions is a whole number from 1 on');
}
if (values.only !== undefined && !PARTS.some((part) => part === values.only)) {
  throw new Error(`--only is one of ${PARTS.join(', ')}`);
}
const apiKey = 'bench-api-key';
/** Each opens its own window, taking several seconds; an even number, because the extensions alternate. */
const windows = Math.min(repetitions, 6);

const folder = await mkdtemp(join(tmpdir(), 'ona-scm-bench-'));
removeAtExit(folder);
try {
  console.log(`\n${report(await measureAll())}`);
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function measureAll(): Promise<Section[]> {
  // A copy, so that a concurrent build cannot replace it.
  const vsix = join(folder, 'ours.vsix');
  await copyFile(await packageExtension(), vsix);
  const empty = await emptyExtension(folder);
  const { publisher, name } = JSON.parse(await readFile('package.json', 'utf8')) as Record<string, string>;
  const ids = { ours: `${publisher}.${name}`, empty: empty.id };
  const certificates = await makeCertificates(folder);
  const pair = await certificates.pair('valid');
  const activation = await buildProbe<ActivationInput, ActivationOutput>('activationProbe.ts', folder);
  const restart = await buildProbe<null, Restart>('restartProbe.ts', folder);
  const loads = await buildProbe<LoadsInput, LoadsOutput>('loadsProbe.ts', folder);
  const tree = await buildProbe<TreeInput, TreeOutput>('treeProbe.ts', folder);
  const status = await buildProbe<StatusInput, StatusOutput>('statusProbe.ts', folder);
  const checks = await buildProbe<ChecksInput, ChecksOutput>('checksProbe.ts', folder);
  const live = await buildProbe<LiveInput, LiveOutput>('liveProbe.ts', folder);
  const filter = await buildProbe<FilterInput, readonly Keystroke[]>('filterProbe.ts', folder);
  const tasks = await buildProbe<TasksInput, TasksOutput>('tasksProbe.ts', folder);
  const activationOf = (title: string): Measurement => ({
    part: 'activation',
    title,
    measure: (host) => measureActivation(host, activation, { title, ids, repetitions: windows }),
  });
  const restartOf = (title: string): Measurement => ({
    part: 'restart',
    title,
    measure: (host) => measureRestart(host, restart, { title, repetitions: windows }),
  });
  const sandbox = await startSandbox({ apiKey });
  const far = await startApi({ kind: 'http' }, 80, { apiKey, organization: largeOrganization(MEDIUM) });
  const hostOptions = {
    extensions: [vsix, empty.vsix],
    settings: { 'onaScm.apiUrl': sandbox.url },
    env: { NODE_EXTRA_CA_CERTS: certificates.caFile },
  };
  try {
    return [
      ...(await inHost(hostOptions, [
        { part: 'sizes', title: 'Size', measure: () => measureSizes(vsix, empty) },
        activationOf('Activation, signed out'),
      ])),
      ...(await inHost({ ...hostOptions, env: { ...hostOptions.env, ONA_API_KEY: apiKey } }, [
        activationOf('Activation, signed in'),
        ...loadPlans(repetitions).map((plan): Measurement => ({
          part: 'loads',
          title: `Loads of ${plan.size.integrations} integrations, ${plan.transport}`,
          measure: (host) => measureLoads(host, loads, plan, { apiKey, pair }),
        })),
        { part: 'tree', title: 'Tree', measure: (host) => measureTree(host, tree) },
        { part: 'status', title: 'Statuses', measure: (host) => measureStatus(host, status) },
        {
          part: 'checks',
          title: 'Checks',
          measure: (host) => measureChecks(host, checks, { apiKey, repetitions: Math.min(repetitions, 5) }),
        },
        {
          part: 'live',
          title: 'Live updates',
          measure: (host) => measureLive(host, live, { apiKey, edits: Math.min(2 * repetitions, 20) }),
        },
        { part: 'live', title: 'Live updates in simulated time', measure: measureLiveSimulation },
        { part: 'filter', title: 'Filter', measure: (host) => measureFilter(host, filter) },
        { part: 'tasks', title: 'Tasks', measure: (host) => measureTasks(host, tasks, apiKey) },
        { part: 'memory', title: 'Memory', measure: measureMemory },
      ])),
      ...(await inHost(
        {
          ...hostOptions,
          settings: { 'onaScm.apiUrl': far.url },
          env: { ...hostOptions.env, ONA_API_KEY: apiKey },
        },
        [restartOf('The next start, at 80 ms')],
      )),
    ];
  } finally {
    await far.close();
    await sandbox.close();
  }
}

/** Measures one after another; reports failures and continues. */
async function inHost(options: HostOptions, measurements: readonly Measurement[]): Promise<Section[]> {
  const wanted = measurements.filter(({ part }) => values.only === undefined || part === values.only);
  if (wanted.length === 0) {
    return [];
  }
  const host = await startHost({ ...options, env: { ...options.env, [EXCHANGE_VARIABLE]: folder } });
  const sections: Section[] = [];
  try {
    for (const { title, measure } of wanted) {
      console.error(`Measuring: ${title}`);
      sections.push(...[await measure(host).catch((error: unknown) => notMeasured(title, error))].flat());
    }
    return sections;
  } finally {
    await host.stop();
  }
}

function notMeasured(title: string, error: unknown): Section {
  console.error(error);
  process.exitCode = 1;
  return { title, columns: [], rows: [{ what: 'could not be measured', cells: [] }] };
}
