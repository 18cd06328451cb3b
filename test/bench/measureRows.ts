import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { Host } from '../vscode/startHost.ts';
import type { Load } from './bareLoad.ts';
import { format } from './format.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Row, Section } from './report.ts';
import type { RowsInput, RowsOutput } from './rowsProbe.ts';
import { spread } from './spread.ts';

/** Milliseconds that pass before every answer. */
const LATENCIES = [0, 20, 80];
const WARM_UPS = 2;

interface Place {
  readonly latencyMs: number;
  readonly own: Sandbox;
  readonly bare: Sandbox;
}

/** The time until our extension has rows against the bare requests for them, in one extension host of `host`. */
export async function measureRows(
  host: Host,
  probe: Probe<RowsInput, RowsOutput>,
  { apiKey, repetitions }: { apiKey: string; repetitions: number },
): Promise<Omit<Section, 'title'>> {
  const places: Place[] = await Promise.all(
    LATENCIES.map(async (latencyMs) => {
      const [own, bare] = await Promise.all([
        startSandbox({ apiKey, latencyMs }),
        startSandbox({ apiKey, latencyMs }),
      ]);
      return { latencyMs, own, bare };
    }),
  );
  try {
    const measured = await probe.run(host, {
      apiKey,
      repetitions,
      warmUps: WARM_UPS,
      places: places.map(({ latencyMs, own, bare }) => ({
        latencyMs,
        ownUrl: own.url,
        bareUrl: bare.url,
      })),
    });
    return {
      peer: 'bare requests',
      rows: places.flatMap((place, i) => placeRows(place, measured.places[i], WARM_UPS + repetitions)),
      notes: [
        `  In ${measured.host}; ${rowCount(measured)}. Connections are warm on both sides.`,
        '  Ours is a fresh sign-in by environment key: the calls that ask whose key it is run beside the lists.',
      ],
    };
  } finally {
    await Promise.all(places.flatMap(({ own, bare }) => [own.close(), bare.close()]));
  }
}

function rowCount({ places }: RowsOutput): string {
  const load = places[0]?.own[0];
  return `${load?.runners ?? 0} runners, ${load?.integrations ?? 0} integrations`;
}

function placeRows(
  { latencyMs, own, bare }: Place,
  loads: RowsOutput['places'][number] | undefined,
  rounds: number,
): Row[] {
  const timeRow = (what: string, timeOf: (load: Load) => number): Row => {
    const [ours, peer] = [spread(loads?.own.map(timeOf) ?? []), spread(loads?.bare.map(timeOf) ?? [])];
    const later = ours.median - peer.median;
    return {
      what: `${latencyMs} ms latency: ${what}`,
      ours: format.spread(ours),
      peer: format.spread(peer),
      compared: format.difference(later),
      promise: promises.rows(later),
    };
  };
  const [ours, peer] = [traffic(own, rounds), traffic(bare, rounds)];
  return [
    timeRow('first rows / first answer', ({ first }) => first),
    timeRow('all rows / both answers', ({ all }) => all),
    { what: 'calls for one load', ours: ours.calls, peer: peer.calls },
    {
      what: `connections opened for ${rounds} loads`,
      ours: `${ours.connections}, ${ours.inFlight} in flight`,
      peer: `${peer.connections}, ${peer.inFlight} in flight`,
      // Without latency an answer is on its way back when the next request arrives, so that the API sees too few.
      ...(latencyMs > 0 && { promise: promises.connections(ours.connections, ours.inFlight) }),
    },
  ];
}

function traffic({ requests, connections }: Sandbox, rounds: number) {
  const lists = requests.filter(({ method }) => method?.startsWith('List')).length / rounds;
  const others = requests.length / rounds - lists;
  return {
    calls: `${lists} lists${others > 0 ? `, ${others} for the account` : ''}`,
    connections,
    /** The most at once. */
    inFlight: Math.max(...requests.map(({ inFlight }) => inFlight)),
  };
}
