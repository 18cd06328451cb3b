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
  { ours, empty }: { ours: string; empty: string },
  repetitions: number,
): Promise<Omit<Section, 'title'>> {
  const times = new Map<string, number[]>([
    [ours, []],
    [empty, []],
  ]);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const ids = repetition % 2 === 0 ? [ours, empty] : [empty, ours];
    const measured = await probe.run(host, ids);
    ids.forEach((id, i) => times.get(id)?.push(measured[i] ?? NaN));
  }
  const [own, peer] = [spread(times.get(ours) ?? []), spread(times.get(empty) ?? [])];
  const ratio = own.median / peer.median;
  return {
    peer: 'empty extension',
    rows: [
      {
        what: `activate() in ${repetitions} new windows`,
        ours: format.spread(own),
        peer: format.spread(peer),
        compared: format.ratio(ratio),
        promise: promises.activation(ratio),
      },
    ],
  };
}
