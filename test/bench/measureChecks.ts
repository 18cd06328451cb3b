import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/server.ts';
import type { Host } from '../vscode/startHost.ts';
import { CHECKED, checkedOrganization } from './checkedOrganization.ts';
import type { ChecksInput, ChecksOutput } from './checksProbe.ts';
import { format } from './format.ts';
import type { Probe } from './probe.ts';
import { promises } from './promises.ts';
import type { Section } from './report.ts';
import { spread } from './spread.ts';

/** Milliseconds before every answer. */
const LATENCY_MS = 80;

/** Checking the access to every integration, beside the same calls made bare. */
export async function measureChecks(
  host: Host,
  probe: Probe<ChecksInput, ChecksOutput>,
  { apiKey, repetitions }: { readonly apiKey: string; readonly repetitions: number },
): Promise<Section> {
  const start = () => startSandbox({ apiKey, organization: checkedOrganization(), latencyMs: LATENCY_MS });
  const [own, bare] = await Promise.all([start(), start()]);
  try {
    const input = { apiKey, ownUrl: own.url, bareUrl: bare.url, repetitions };
    const measured = await probe.run(host, input);
    const row = (what: string, sandbox: Sandbox, times: readonly number[]) => ({
      what,
      cells: [
        format.count(sandbox.requests.length / repetitions),
        format.count(mostInFlight(sandbox)),
        format.spread(spread(times)),
      ],
    });
    const { runners, integrations } = CHECKED;
    return {
      title: `Check of access to ${integrations} integrations on ${runners} runners, ${LATENCY_MS} ms`,
      columns: ['calls', 'most at once', 'time'],
      rows: [row('ours', own, measured.own), row('the same calls, bare', bare, measured.bare)],
      promises: [promises.checksInFlight(mostInFlight(own))],
      notes: [
        `In ${measured.host}. Medians of ${repetitions}. Integrations with the same runner and host share a call; the ` +
          'bare calls go through the same library, four at once.',
      ],
    };
  } finally {
    await Promise.all([own.close(), bare.close()]);
  }
}

function mostInFlight({ requests }: Sandbox): number {
  return Math.max(...requests.map(({ inFlight }) => inFlight));
}
