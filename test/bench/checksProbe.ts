import pLimit from 'p-limit';
import { checkTargets } from '../../src/checks/checkTargets.ts';
import * as v from 'valibot';
import { version } from 'vscode';
import { OnaClient } from '../../src/api/onaClient.ts';
import { LIST_RUNNERS } from '../../src/api/runners.ts';
import { LIST_SCM_INTEGRATIONS } from '../../src/api/scmIntegrations.ts';
import { RequestGate } from '../../src/api/transport/requestGate.ts';
import { type AccessPlan, accessPlan } from '../../src/checks/accessPlan.ts';
import { CheckStore, MAX_CHECKS } from '../../src/checks/checkStore.ts';
import { runChecks } from '../../src/checks/runChecks.ts';
import { groupSteps } from '../../src/inventory/groups.ts';
import { atOnce } from '../unit/base/atOnce.ts';
import { answerBench } from './answerBench.ts';
import { checkedOrganization } from './checkedOrganization.ts';
import { post } from './walkPages.ts';

export interface ChecksInput {
  readonly apiKey: string;
  readonly ownUrl: string;
  readonly bareUrl: string;
  readonly repetitions: number;
}

export interface ChecksOutput {
  readonly host: string;
  /** Milliseconds of each check of everything. */
  readonly own: readonly number[];
  /** Of the same calls, made bare. */
  readonly bare: readonly number[];
}

export function run(): Promise<void> {
  return answerBench(async (message): Promise<ChecksOutput> => {
    const { apiKey, ownUrl, bareUrl, repetitions } = message as ChecksInput;
    const plan = planOfAll();
    const [own, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < repetitions; round++) {
      // In turn, so that other load on this machine affects both.
      own.push(await timed(() => checkAll(plan, ownUrl, apiKey)));
      bare.push(await timed(() => callAll(plan, bareUrl, apiKey)));
    }
    return { host: `VS Code ${version}, Node.js ${process.version}`, own, bare };
  });
}

function planOfAll(): AccessPlan {
  const { runners, integrations } = checkedOrganization();
  const entries = atOnce(
    groupSteps({
      runners: v.parse(LIST_RUNNERS.decoder, { runners }).items,
      integrations: v.parse(LIST_SCM_INTEGRATIONS.decoder, { integrations }).items,
    }),
  );
  return accessPlan(checkTargets(entries, undefined));
}

/** As the command does, with a store of its own. */
async function checkAll({ calls }: AccessPlan, apiUrl: string, apiKey: string): Promise<void> {
  const client = new OnaClient({
    apiUrl,
    apiKey,
    timeoutMs: () => 60_000,
    userAgent: 'ona-scm-bench',
    log: () => undefined,
    mayRedirectTo: () => false,
    gate: new RequestGate(),
    sentFrom: undefined,
  });
  const connection = { apiUrl, client, environmentVariable: undefined };
  const store = new CheckStore({
    session: { connection, account: undefined, onDidChange: () => ({ dispose: () => undefined }) },
  });
  const { signal } = new AbortController();
  const { answered } = await runChecks(calls, (call, each) => store.checkAccess(call, each), {
    signal,
    ended: store.ended,
  });
  store.dispose();
  if (answered.length !== calls.length) {
    throw new Error(`Only ${answered.length} of ${calls.length} calls were answered`);
  }
}

async function callAll({ calls }: AccessPlan, apiUrl: string, apiKey: string): Promise<void> {
  const limit = pLimit(MAX_CHECKS);
  const url = `${apiUrl}/gitpod.v1.RunnerService/CheckAuthenticationForHost`;
  await Promise.all(
    calls.map(({ runner, host }) => limit(() => post(url, apiKey, { runnerId: runner.ref.runnerId, host }))),
  );
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
