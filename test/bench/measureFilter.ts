import type { Host } from '../vscode/startHost.ts';
import type { FilterInput, Keystroke } from './filterProbe.ts';
import { format } from './format.ts';
import { LARGE } from './loadPlan.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Section } from './report.ts';
import { spread } from './spread.ts';

const WARM_UPS = 3;
const REPETITIONS = 15;

/** One letter after another, then terms, and texts that match everything or nothing. */
const TEXTS = [
  ...['g', 'gi', 'git', 'gitlab', 'gitlab-12'],
  ...['provider:gitlab', 'provider:gitlab runner:runner-0001', 'auth:pat', 'host:*.example.com'],
  ...['phase:active', 'nothing has this'],
];

/** The cost of a keystroke in the filter, in the extension host, without an editor. */
export async function measureFilter(
  host: Host,
  probe: Probe<FilterInput, readonly Keystroke[]>,
): Promise<Section> {
  const keystrokes = await probe.run(host, {
    size: LARGE,
    texts: TEXTS,
    repetitions: REPETITIONS,
    warmUps: WARM_UPS,
  });
  const slowest = Math.max(...keystrokes.map(({ ours }) => spread(ours).median));
  return {
    title: `Filter of ${format.count(LARGE.integrations)} integrations on ${format.count(LARGE.runners)} runners`,
    columns: ['matches', 'ours', 'all tree items looked through'],
    rows: keystrokes.map(({ text, matches, ours, peer }) => ({
      what: text,
      cells: [format.count(matches), format.spread(spread(ours)), format.spread(spread(peer))],
    })),
    promises: [promises.keystroke('the slowest of them', slowest)],
    notes: [`Medians of ${REPETITIONS} keystrokes each, in milliseconds of the extension host.`],
  };
}
