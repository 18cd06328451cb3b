import type { Host } from '../vscode/startHost.ts';
import type { ActivationInput, ActivationOutput } from './activationProbe.ts';
import { format } from './format.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Section } from './report.ts';
import { spread } from './spread.ts';

/**
 * The time of `activate()`, from the call until it settles, in a fresh window for each repetition. Both extensions are
 * installed in `host`. What comes first pays for what the extension host does once, so they take turns in that.
 */
export async function measureActivation(
  host: Host,
  probe: Probe<ActivationInput, ActivationOutput>,
  { title, ids, repetitions }: { title: string; ids: { ours: string; empty: string }; repetitions: number },
): Promise<Section> {
  const times = new Map<string, number[]>([
    [ids.ours, []],
    [ids.empty, []],
  ]);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const order = repetition % 2 === 0 ? [ids.ours, ids.empty] : [ids.empty, ids.ours];
    const measured = await probe.run(host, order);
    order.forEach((id, i) => times.get(id)?.push(measured[i] ?? NaN));
  }
  const [own, peer] = [spread(times.get(ids.ours) ?? []), spread(times.get(ids.empty) ?? [])];
  const ratio = own.median / peer.median;
  return {
    title,
    columns: ['ours', 'empty extension', 'compared'],
    rows: [
      {
        what: `activate() in ${repetitions} new windows`,
        cells: [format.spread(own), format.spread(peer), format.ratio(ratio)],
      },
    ],
    promises: [promises.activation(ratio)],
  };
}
