import type { Host } from '../vscode/startHost.ts';
import type { Activation, ActivationInput, ActivationOutput } from './activationProbe.ts';
import { EMPTY_COMMAND } from './emptyExtension.ts';
import { format } from './format.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Section } from './report.ts';
import { spread } from './spread.ts';

/** Does nothing if no load is running. */
const OWN_COMMAND = 'onaScm.cancelRefresh';

/**
 * The duration of `activate()`, until it settles, in a fresh window for each repetition. Both extensions are installed
 * in `host`. The first also pays for the extension host's one-time work, so they alternate.
 */
export async function measureActivation(
  host: Host,
  probe: Probe<ActivationInput, ActivationOutput>,
  { title, ids, repetitions }: { title: string; ids: { ours: string; empty: string }; repetitions: number },
): Promise<Section> {
  const ours = { extension: { id: ids.ours, command: OWN_COMMAND }, times: [] as Activation[] };
  const empty = { extension: { id: ids.empty, command: EMPTY_COMMAND }, times: [] as Activation[] };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const order = repetition % 2 === 0 ? [ours, empty] : [empty, ours];
    const measured = await probe.run(
      host,
      order.map(({ extension }) => extension),
    );
    order.forEach(({ times }, i) => times.push(...measured.slice(i, i + 1)));
  }
  const compared = (timeOf: (activation: Activation) => number) => {
    const [own, peer] = [spread(ours.times.map(timeOf)), spread(empty.times.map(timeOf))];
    const ratio = own.median / peer.median;
    return { ratio, cells: [format.spread(own), format.spread(peer), format.ratio(ratio)] };
  };
  const activated = compared((activation) => activation.activated);
  return {
    title,
    columns: ['ours', 'empty extension', 'compared'],
    rows: [
      { what: `activate() in ${repetitions} new windows`, cells: activated.cells },
      { what: 'until a command has run', cells: compared(({ answered }) => answered).cells },
    ],
    promises: [promises.activation(activated.ratio)],
  };
}
