import { contenderNames, contenders } from './contenders.ts';
import { format } from './format.ts';
import type { Load } from './load.ts';
import type { LoadPlan } from './loadPlan.ts';
import { loadPromises } from './loadPromises.ts';
import type { Measured, MeasuredPlace } from './measuredPlace.ts';
import type { Row, Section } from './report.ts';
import { spread } from './spread.ts';

interface Place {
  readonly latencyMs: number;
  readonly contenders: MeasuredPlace;
}

const REFRESHED =
  'Refreshed: 5 s after a load of the same rows; all integrations: the last request for those of known runners is ' +
  'answered.';

/** @param host where it was measured */
export function loadSection({ size, transport }: LoadPlan, places: readonly Place[], host: string): Section {
  const sizeText = `${format.count(size.runners)} runners, ${format.count(size.integrations)} integrations`;
  return {
    title: `${sizeText}; ${transport === 'tls' ? 'TLS, delay on the wire' : 'plain HTTP'}`,
    columns: Object.values(contenders),
    rows: places.flatMap(placeRows),
    promises: places.flatMap((place) => loadPromises(size, place.latencyMs, place.contenders)),
    notes: [
      `In ${host}; medians (ranges).`,
      'Calls are those of one load, lists + for the account; then the most at once; then connections opened.',
      ...(places.some((place) => place.contenders.refreshed.loads.length > 0) ? [REFRESHED] : []),
      ...places.flatMap(stoppedNotes),
    ],
  };
}

function placeRows({ latencyMs, contenders: measured }: Place): Row[] {
  const row = (what: string, cellOf: (measured: Measured) => string): Row => ({
    what: `${latencyMs} ms: ${what}`,
    cells: contenderNames.map((name) => cellOf(measured[name])),
  });
  return [
    row('first rows', (own) => timeCell(own, ({ first }) => first)),
    row('all integrations', (own) => timeCell(own, ({ all }) => all)),
    // The others make no distinction.
    row('known to be complete', (own) =>
      own === measured.ours || own === measured.refreshed ? timeCell(own, ({ ended }) => ended) : '',
    ),
    row('the first load, cold', ({ cold }) => (cold === undefined ? '' : format.milliseconds(cold.all))),
    row('calls, at once, opened', callsCell),
    row('loads measured', ({ loads, stopped }) =>
      stopped.length > 0 ? `${stopped.length} stopped` : format.count(loads.length),
    ),
  ];
}

function timeCell({ loads, stopped: [stopped] }: Measured, timeOf: (load: Load) => number): string {
  if (stopped !== undefined) {
    return stopped.kind === 'repeats' ? 'repeats page 1' : 'failed';
  }
  return loads.length === 0 ? '' : format.spread(spread(loads.map(timeOf)));
}

function callsCell({ calls, lists, atOnce, opened }: Measured): string {
  const others = calls > lists ? `+${format.count(calls - lists)}` : '';
  // Only the API sees calls through the global `fetch`.
  const meter = atOnce > 0 ? `, ${atOnce}, ${opened}` : '';
  return calls > 0 ? `${format.count(lists)}${others}${meter}` : '';
}

function stoppedNotes({ latencyMs, contenders: measured }: Place): string[] {
  return contenderNames.flatMap((name) => {
    const { stopped } = measured[name];
    const pages = stopped.flatMap((result) => (result.kind === 'repeats' ? [result.pageMs] : []));
    const failures = stopped.flatMap((result) => (result.kind === 'failed' ? [result.message] : []));
    const notes = pages.length > 0 ? [`stopped: repeats page 1, ${format.spread(spread(pages))} a page`] : [];
    return [...notes, ...new Set(failures.map((message) => `failed: ${message}`))].map(
      (note) => `${contenders[name]} at ${latencyMs} ms: ${note}`,
    );
  });
}
