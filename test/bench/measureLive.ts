import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import { cleanEnvironment } from '../vscode/environment.ts';
import type { Host } from '../vscode/startHost.ts';
import { format } from './format.ts';
import { keptRowsOf } from './keptRows.ts';
import type { Edits, LiveApi, LiveInput, LiveOutput } from './liveProbe.ts';
import type { LiveSimulation, Requests } from './liveSimulationProbe.ts';
import { MEDIUM } from './loadPlan.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Row, Section } from './report.ts';
import { percentile, spread } from './spread.ts';

/** Milliseconds before every answer. An event takes half of it. */
const LATENCY_MS = 80;

/** Seconds; the shortest that can be set. */
const INTERVAL = 30;

const SIZE = `${format.count(MEDIUM.integrations)} integrations on ${format.count(MEDIUM.runners)} runners`;

/** From an edit on the server to the changed row, in a window whose view is open. */
export async function measureLive(
  host: Host,
  probe: Probe<LiveInput, LiveOutput>,
  { apiKey, edits }: { readonly apiKey: string; readonly edits: number },
): Promise<Section> {
  const start = () =>
    startSandbox({ apiKey, organization: largeOrganization(MEDIUM), latencyMs: LATENCY_MS });
  const [own, bare] = await Promise.all([start(), start()]);
  const apiOf = ({ url, controlUrl, latencyMs }: Sandbox): LiveApi => ({ url, controlUrl, latencyMs });
  try {
    const measured = await probe.run(host, {
      keptRows: keptRowsOf(host),
      ...{ apiKey, own: apiOf(own), bare: apiOf(bare), edits },
      interval: INTERVAL,
    });
    const byStream = [
      ['an integration', measured.integrations],
      ['a runner’s status', measured.statuses],
      [`${edits} integrations at once`, measured.burst],
    ] as const;
    return {
      title: `From an edit to the changed row: ${SIZE}, ${LATENCY_MS} ms`,
      columns: ['time', 'p95', 'round trips', 'p95', 'requests for each'],
      rows: [
        editsRow('the same waits and calls for an integration, bare', measured.bare),
        ...byStream.map(([what, each]) => editsRow(`${what}, by the stream`, each)),
        editsRow(`an integration, by the timer every ${INTERVAL} s`, measured.timer),
      ],
      promises: byStream.map(([what, { times }]) =>
        promises.live(what, percentile(times, 95), 2 * LATENCY_MS),
      ),
      notes: [
        `In ${measured.host}, the view open. Medians of ${edits}, each on another runner.`,
        'By the stream, 500 ms of each time are spent on waiting for more events. By the timer, the edits are spread ' +
          'over one interval.',
      ],
    };
  } finally {
    await Promise.all([own.close(), bare.close()]);
  }
}

function editsRow(what: string, { times, requests }: Edits): Row {
  const { median } = spread(times);
  const p95 = percentile(times, 95);
  return {
    what,
    cells: [
      format.spread(spread(times)),
      format.milliseconds(p95),
      format.count(median / LATENCY_MS),
      format.count(p95 / LATENCY_MS),
      format.count(requests / times.length),
    ],
  };
}

/** What live updates cost, and how late they are, in simulated time: in a separate plain Node.js process. */
export async function measureLiveSimulation(): Promise<Section[]> {
  const probe = join(import.meta.dirname, 'liveSimulationProbe.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', probe], {
    env: cleanEnvironment(),
  });
  const { hours, delays, notifications, heap } = JSON.parse(stdout) as LiveSimulation;
  const hidden = hours.find(({ what }) => what === 'hidden');
  return [
    {
      title: `Requests in a simulated hour: ${SIZE}`,
      columns: [
        'all',
        'runner pages',
        'single runners',
        'integrations',
        'sign-ins',
        'streams opened',
        'stream open',
      ],
      rows: hours.map(({ what, requests, streamOpen }) => ({
        what,
        cells: [
          ...[
            sum(requests),
            requests.runnerPages,
            requests.singleRunners,
            requests.integrations,
            requests.signIns,
            requests.streams,
          ].map(format.count),
          `${format.count(streamOpen / 60)} min`,
        ],
      })),
      promises: [promises.nothingAsked('hidden', hidden === undefined ? NaN : sum(hidden.requests))],
      notes: [
        'With the default settings, after the first load. The stream is already open and delivers something every ' +
          '15 s. Nothing else happens, unless stated.',
      ],
    },
    {
      title: `Live updates that fail, in simulated time: ${SIZE}`,
      columns: ['from the edit to the changed row', 'p95'],
      rows: delays.map(({ what, seconds }) => ({
        what,
        cells: [format.seconds(spread(seconds)), seconds.length > 1 ? `${percentile(seconds, 95)} s` : ''],
      })),
    },
    {
      title: 'Notifications in a simulated hour, about a runner that goes offline and comes back',
      columns: ['times it did either', 'changes seen', 'notifications'],
      rows: notifications.map((each) => ({
        what: each.what,
        cells: [each.edits, each.changes, each.notifications].map(format.count),
      })),
      notes: [
        'A runner is read at most every 10 s. The log has the last 500 changes. The user is notified once a loss has ' +
          'lasted for 60 s.',
      ],
    },
    {
      title: `Memory of live updates: ${SIZE}`,
      columns: ['before', `after ${format.count(heap.events)} events`, 'after as many again'],
      rows: [
        {
          what: 'heap',
          cells: [
            format.kilobytes(heap.before),
            format.kilobyteChange(heap.first),
            format.kilobyteChange(heap.second),
          ],
        },
      ],
      notes: [`Heap after a collection, once everything was read; the changes. Node.js ${process.version}.`],
    },
  ];
}

function sum(requests: Requests): number {
  return Object.values(requests).reduce((all, count) => all + count, 0);
}
