import type { Host } from '../vscode/startHost.ts';
import { format } from './format.ts';
import { LARGE } from './loadPlan.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Section } from './report.ts';
import { spread } from './spread.ts';
import type { StatusInput, StatusOutput, Timed } from './statusProbe.ts';

const WARM_UPS = 5;
const REPETITIONS = 25;

/** Deriving the statuses of all rows, in the extension host, without an editor. */
export async function measureStatus(host: Host, probe: Probe<StatusInput, StatusOutput>): Promise<Section> {
  const output = await probe.run(host, { size: LARGE, repetitions: REPETITIONS, warmUps: WARM_UPS });
  const { first, same, oneChanged, grouped, parsed, withReasons } = output;
  const derived = [
    ['the first time', first],
    ['the same again', same],
    ['one more answer of a runner', oneChanged],
  ] as const;
  const row = (what: string, times: readonly Timed[]) => ({
    what,
    cells: [
      format.spread(spread(times.map(({ all }) => all))),
      format.spread(spread(times.map(({ longestSlice }) => longestSlice))),
    ],
  });
  const size = `${format.count(LARGE.integrations)} integrations on ${format.count(LARGE.runners)} runners`;
  return {
    title: `Statuses of ${size}`,
    columns: ['host time', 'longest slice'],
    rows: [
      ...derived.map(([what, times]) => row(what, times)),
      row('for comparison: the same rows grouped', grouped),
      row('for comparison: their JSON parsed', parsed),
    ],
    promises: derived.map(([what, times]) =>
      promises.statuses(what, spread(times.map(({ all }) => all)).median),
    ),
    notes: [
      `Medians of ${REPETITIONS}. ${format.count(LARGE.runners)} sign-ins are on record, and a tenth of the rows was ` +
        `asked about; ${format.count(withReasons)} runners and integrations have reasons.`,
    ],
  };
}
