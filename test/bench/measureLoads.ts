import type { KeyPair } from '../sandbox/certificates.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { Host } from '../vscode/startHost.ts';
import { type Api, startApi, type Transport } from './api.ts';
import { type Contender, contenderNames, forEachContender } from './contenders.ts';
import { keptRowsOf } from './keptRows.ts';
import { loadSection } from './loadSection.ts';
import type { LoadPlan, PlannedPlace } from './loadPlan.ts';
import type { LoadsInput, LoadsOutput } from './loadsProbe.ts';
import { measuredPlace } from './measuredPlace.ts';
import type { Probe } from './probe.ts';
import type { Section } from './report.ts';

/** A place with an API per contender. */
interface Place {
  readonly planned: PlannedPlace;
  readonly apis: Readonly<Record<Contender, Api>>;
}

/** Every contender's loads of the same organization, in a single extension host of `host`. */
export async function measureLoads(
  host: Host,
  probe: Probe<LoadsInput, LoadsOutput>,
  plan: LoadPlan,
  { apiKey, pair }: { apiKey: string; pair: KeyPair },
): Promise<Section> {
  const organization = largeOrganization(plan.size);
  const transport: Transport = plan.transport === 'tls' ? { kind: 'tls', pair } : { kind: 'http' };
  const started: Api[] = [];
  try {
    const places: Place[] = [];
    for (const planned of plan.places) {
      const apis: Partial<Record<Contender, Api>> = {};
      for (const name of contenderNames) {
        started.push((apis[name] = await startApi(transport, planned.latencyMs, { apiKey, organization })));
      }
      places.push({ planned, apis: apis as Record<Contender, Api> });
    }
    const output = await probe.run(host, {
      apiKey,
      keptRows: keptRowsOf(host),
      places: places.map(({ planned: { latencyMs, repetitions, warmUps }, apis }) => ({
        latencyMs,
        urls: forEachContender((name) => apis[name].url),
        rounds: forEachContender((name) => repetitions[name] + warmUps[name]),
      })),
    });
    const measured = places.map(({ planned, apis }, i) => {
      const results = output.results[i];
      if (results === undefined) {
        throw new Error(`There is no result at ${planned.latencyMs} ms`);
      }
      const traffic = forEachContender((name) => apis[name].traffic());
      return { ...planned, contenders: measuredPlace(planned, plan.size, results, traffic) };
    });
    return loadSection(plan, measured, output.host);
  } finally {
    await Promise.all(started.map((api) => api.close()));
  }
}
