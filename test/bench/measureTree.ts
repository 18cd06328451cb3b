import type { Host } from '../vscode/startHost.ts';
import { format } from './format.ts';
import { LARGE } from './loadPlan.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Row, Section } from './report.ts';
import { spread } from './spread.ts';
import type { Shown, TreeInput, TreeOutput } from './treeProbe.ts';

const WARM_UPS = 5;
const REPETITIONS = 25;

/** The path of a snapshot into the tree, in the extension host, without an editor. */
export async function measureTree(host: Host, probe: Probe<TreeInput, TreeOutput>): Promise<Section> {
  const shown = await probe.run(host, { size: LARGE, repetitions: REPETITIONS, warmUps: WARM_UPS });
  const size = `${format.count(LARGE.integrations)} integrations on ${format.count(LARGE.runners)} runners`;
  const snapshots = [
    ['a first snapshot', shown.first, undefined],
    ['the same again', shown.same, 0],
    ['one integration changed', shown.oneChanged, 1],
  ] as const;
  return {
    title: `Tree of ${size}`,
    columns: ['grouped', 'compared', 'handed over', 'together', 'fired'],
    rows: snapshots.map(([what, times]) => treeRow(what, times)),
    promises: snapshots.flatMap(([what, times, changed]) => [
      promises.tree(what, spread(times.map(together)).median),
      ...(changed === undefined
        ? []
        : [promises.changedOnly(what, Math.max(...times.map(({ fired }) => fired ?? Infinity)), changed)]),
    ]),
    notes: [`Medians of ${REPETITIONS}. From the second snapshot on every runner is expanded.`],
  };
}

function treeRow(what: string, times: readonly Shown[]): Row {
  const fired = times.at(-1)?.fired;
  return {
    what,
    cells: [
      ...[
        times.map(({ grouped }) => grouped),
        times.map(({ compared }) => compared),
        times.map(({ handedOver }) => handedOver),
        times.map(together),
      ].map((values) => format.spread(spread(values))),
      fired === undefined ? 'the tree' : format.count(fired),
    ],
  };
}

function together({ grouped, compared, handedOver }: Shown): number {
  return grouped + compared + handedOver;
}
