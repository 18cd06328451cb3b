import { setTimeout as delay } from 'node:timers/promises';
import fetch from 'node-fetch';
import { commands, ConfigurationTarget, version, workspace } from 'vscode';
import type { InventorySnapshot, OnaScmApi } from '../../src/exportedApi.ts';
import { extension, snapshotWhere } from '../integration/extension.ts';
import { largeOrganization } from '../sandbox/largeOrganization.ts';
import { answerBench } from './answerBench.ts';
import { MEDIUM } from './loadPlan.ts';
import { ownLoad, signOff } from './ownLoad.ts';
import { post } from './walkPages.ts';

export interface LiveInput {
  /** The folder of rows that our extension caches for its next start. */
  readonly keptRows: string;
  readonly apiKey: string;
  readonly own: LiveApi;
  readonly bare: LiveApi;
  /** Of each kind, at most a quarter of the runners of `MEDIUM`: no runner is edited twice. */
  readonly edits: number;
  /** Seconds between two refreshes by the timer. */
  readonly interval: number;
}

/** A sandbox. */
export interface LiveApi {
  readonly url: string;
  readonly controlUrl: string;
  readonly latencyMs: number;
}

export interface LiveOutput {
  readonly host: string;
  /** The same waits and calls as for an integration, without our extension. */
  readonly bare: Edits;
  readonly integrations: Edits;
  readonly statuses: Edits;
  /** All at the same time. */
  readonly burst: Edits;
  readonly timer: Edits;
}

export interface Edits {
  /** Milliseconds from sending each edit until its row has changed. */
  readonly times: readonly number[];
  /** Requests meanwhile. */
  readonly requests: number;
}

/** The change that the API would accept, and how to see it. */
interface Edit {
  readonly change: object;
  readonly isShown: (snapshot: InventorySnapshot) => boolean;
}

/** Milliseconds between two edits: up to 20 integrations in 30 s are read one by one, and up to 4 statuses in 10 s. */
const PACE_MS = { integrations: 1_000, statuses: 2_700 };

/** Milliseconds that an event waits for others. */
const BURST_MS = 500;

/** The view is open, as for a user. */
export function run(): Promise<void> {
  return answerBench(async (message): Promise<LiveOutput> => {
    const { keptRows, apiKey, own, bare, edits, interval } = message as LiveInput;
    const { runners, integrations } = largeOrganization(MEDIUM);
    const api = await extension().activate();
    const sandbox = new Control(own.controlUrl);
    const bareSandbox = new Control(bare.controlUrl);
    const all = Array.from({ length: edits }, (_, index) => index);
    /** The integrations are assigned to the runners in turn. */
    const host = (index: number): Edit => {
      const id = integrations[index]?.id ?? '';
      const edited = `edited-${index}.example.com`;
      return {
        change: { changeIntegration: { id, host: edited } },
        isShown: (snapshot) => snapshot.integrations.find((one) => one.id === id)?.host === edited,
      };
    };
    const phase = (index: number): Edit => {
      const id = runners[index]?.runnerId ?? '';
      const edited = 'RUNNER_PHASE_DEGRADED';
      return {
        change: { changeRunner: { runnerId: id, status: { phase: edited } } },
        isShown: (snapshot) => snapshot.runners.find((one) => one.id === id)?.phase === edited,
      };
    };
    const measure = async (
      control: Control,
      paceMs: number,
      timeOf: (index: number) => Promise<number>,
    ): Promise<Edits> => {
      const before = await control.requests();
      const times = await Promise.all(
        all.map(async (index) => {
          await delay(index * paceMs);
          return timeOf(index);
        }),
      );
      return { times, requests: (await control.requests()) - before };
    };
    const measureOwn = (editOf: (index: number) => Edit, paceMs: number) =>
      measure(sandbox, paceMs, (index) => timed(api, sandbox, editOf(index)));
    const measureBare = async () => {
      // Between two edits of ours, so that other load on this machine affects both.
      await delay(PACE_MS.integrations / 2);
      return measure(bareSandbox, PACE_MS.integrations, async (index) => {
        const startedAt = performance.now();
        await bareSandbox.edit(host(index).change);
        await delay(bare.latencyMs / 2);
        await delay(BURST_MS);
        const runnerId = runners[index]?.runnerId ?? '';
        const service = `${bare.url}/gitpod.v1.Runner`;
        await Promise.all([
          post(`${service}Service/GetRunner`, apiKey, { runnerId }),
          post(`${service}ConfigurationService/ListSCMIntegrations`, apiKey, {
            filter: { runnerIds: [runnerId] },
          }),
        ]);
        return performance.now() - startedAt;
      });
    };
    try {
      await signOff(api);
      await commands.executeCommand('onaScm.integrations.focus');
      await ownLoad(api, own.url, keptRows);
      await sandbox.streams(1);
      // The lists are read once after a stream was opened: now, so that this is over.
      await api.refresh();
      const [integrationEdits, bareEdits] = await Promise.all([
        measureOwn(host, PACE_MS.integrations),
        measureBare(),
      ]);
      const byStream = {
        integrations: integrationEdits,
        bare: bareEdits,
        statuses: await measureOwn((index) => phase(edits + index), PACE_MS.statuses),
        burst: await measureOwn((index) => host(2 * edits + index), 0),
      };
      await set('liveUpdates', false);
      await set('refreshInterval', interval);
      await sandbox.streams(0);
      // Over one interval, so that they are made at all phases of the timer.
      const timer = await measureOwn((index) => host(3 * edits + index), (interval * 1000) / edits);
      return { host: `VS Code ${version}, Node.js ${process.version}`, ...byStream, timer };
    } finally {
      await set('liveUpdates', undefined);
      await set('refreshInterval', undefined);
      await signOff(api);
    }
  });
}

async function timed(api: OnaScmApi, sandbox: Control, { change, isShown }: Edit): Promise<number> {
  if (isShown(api.snapshot())) {
    throw new Error(`${JSON.stringify(change)} would change nothing`);
  }
  const startedAt = performance.now();
  const shown = snapshotWhere(api, isShown).then(() => performance.now() - startedAt);
  await sandbox.edit(change);
  return shown;
}

async function set(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('onaScm').update(name, value, ConfigurationTarget.Global);
}

interface SandboxState {
  readonly requests: number;
  readonly openStreams: number;
}

/** The sandbox, whose control has no latency. */
class Control {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async edit(change: object): Promise<void> {
    await this.#ask({ method: 'PATCH', body: JSON.stringify(change) });
  }

  async requests(): Promise<number> {
    return (await this.#ask()).requests;
  }

  /** Waits until so many streams are open. */
  async streams(count: number): Promise<void> {
    while ((await this.#ask()).openStreams !== count) {
      await delay(50);
    }
  }

  async #ask(request: { method?: string; body?: string } = {}): Promise<SandboxState> {
    const response = await fetch(this.#url, request);
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The sandbox answered ${response.status}: ${text}`);
    }
    return JSON.parse(text) as SandboxState;
  }
}
