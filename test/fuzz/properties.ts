import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import type { OnaApiError, OnaApiProblem } from '../../src/api/errors.ts';
import type { OnaClient } from '../../src/api/onaClient.ts';
import type { ScmIntegration } from '../../src/api/schema.ts';
import { InventoryLoad } from '../../src/inventory/load.ts';
import { NO_ROWS, type Rows } from '../../src/inventory/model.ts';
import { groupByRunner } from '../unit/views/tree/groupByRunner.ts';
import { sandboxMethodNames } from '../sandbox/methods.ts';
import { SECRET_MARKER, SECRET_MARKER_BASE64 } from '../sandbox/sampleOrganization.ts';
import { clientOf } from '../unit/api/testClient.ts';
import { exchanges } from './answers.ts';
import { ask } from './ask.ts';
import { checkError, checkLine, checkValue } from './checks.ts';
import { type FuzzServer, MOST_REQUESTS } from './fuzzServer.ts';

/** How many runs; of a failed one, `seed` and `path` repeat it. */
export type Runs = Pick<fc.Parameters, 'numRuns' | 'seed' | 'path'>;

/** How the runs of a property ended. */
export interface Tally {
  values: number;
  readonly problems: Map<OnaApiProblem, number>;
}

export type Property = (server: FuzzServer, runs: Runs) => Promise<Tally>;

/** A run that takes longer hangs. In milliseconds. */
const HANG = 20_000;

const anyKey = 'fuzz-api-key-0123456789';

/** One that a host name can hold, and one that needs escapes wherever it stands. */
const echoedKeys = ['fuzz-api-key-0123456789', 'Fuzz/Api+Key.Of_Mine=='] as const;

/** Any answer to any call is a decoded value or an OnaApiError: nothing else, and never nothing. */
export function answersDecodeOrFail(server: FuzzServer, runs: Runs): Promise<Tally> {
  const host = new URL(server.url).host;
  const known = exchanges({ answering: 12 });
  const calls = fc.oneof(
    ...sandboxMethodNames.map((method) =>
      fc.record({ method: fc.constant(method), exchange: known[method] }),
    ),
  );
  return check(calls, runs, async ({ method, exchange }, tally) => {
    server.prepare({ [method]: exchange });
    const { values, errors, failed, lines } = await ask(server, anyKey, method);
    values.forEach((value) => checkValue(method, value));
    errors.forEach((error) => checkError(error, method, host));
    lines.forEach(checkLine);
    checkManners(server);
    count(tally, failed ? (errors.at(-1) as OnaApiError) : undefined);
  });
}

/** Neither the key, wherever the API echoes it, nor what stands in secret fields is in a value, an error or the log. */
export function secretsStayIn(server: FuzzServer, runs: Runs): Promise<Tally> {
  const calls = fc.oneof(
    ...echoedKeys.flatMap((apiKey) => {
      const known = exchanges({ echo: echoesOf(apiKey), answering: 12 });
      return sandboxMethodNames.map((method) =>
        fc.record({ apiKey: fc.constant(apiKey), method: fc.constant(method), exchange: known[method] }),
      );
    }),
  );
  return check(calls, runs, async ({ apiKey, method, exchange }, tally) => {
    server.prepare({ [method]: exchange });
    const { values, errors, failed, lines } = await ask(server, apiKey, method);
    const seen = [JSON.stringify(values), ...errors.map(everythingOf), ...lines];
    for (const secret of [apiKey, SECRET_MARKER, SECRET_MARKER_BASE64]) {
      const leak = seen.find((text) => text.includes(secret));
      assert.ok(leak === undefined, `${secret} is in ${leak}`);
    }
    count(tally, failed ? (errors.at(-1) as OnaApiError) : undefined);
  });
}

/** A load of both lists ends with rows or an error, and the tree shows all of the rows, each under an id of its own. */
export function inventoriesLoad(server: FuzzServer, runs: Runs): Promise<Tally> {
  const { ListRunners, ListSCMIntegrations } = exchanges({ answering: 80 });
  const both = fc.record({ ListRunners, ListSCMIntegrations });
  const loads = fc.record({
    plan: fc.constantFrom('parallel' as const, 'plain' as const),
    first: both,
    second: both,
  });
  return check(loads, runs, async ({ plan, first, second }, tally) => {
    let rows = NO_ROWS;
    for (const answers of [first, second]) {
      server.prepare(answers);
      const load = await loadAll(server, rows, plan);
      load.versions.forEach(checkTree);
      assert.equal(load.rows.runnersComing, undefined);
      checkManners(server);
      for (const integration of load.received) {
        const keeps = load.rows.integrations.some((row) => sameIntegration(row, integration));
        assert.ok(keeps, `lost ${JSON.stringify(integration)}`);
      }
      ({ rows } = load);
      count(tally, load.error);
    }
  });
}

interface Load {
  readonly rows: Rows;
  readonly error: OnaApiError | undefined;
  /** The rows at each change, and at last. */
  readonly versions: readonly Rows[];
  /** Every integration that came. */
  readonly received: readonly ScmIntegration[];
}

async function loadAll(server: FuzzServer, previous: Rows, plan: 'parallel' | 'plain'): Promise<Load> {
  const { client } = clientOf({ url: server.url, apiKey: anyKey });
  const received: ScmIntegration[] = [];
  const recording: Pick<OnaClient, 'listRunners' | 'listScmIntegrations'> = {
    listRunners: (...options) => client.listRunners(...options),
    async *listScmIntegrations(...options) {
      for await (const page of client.listScmIntegrations(...options)) {
        received.push(...page.items);
        yield page;
      }
    },
  };
  const versions: Rows[] = [];
  const abort = new AbortController();
  const onChange = () => versions.push(load.rows);
  const load: InventoryLoad = new InventoryLoad(recording, previous, { signal: abort.signal, onChange });
  const { error } = await load.everything(plan);
  // Requests that the end of the load has overtaken.
  abort.abort();
  return { rows: load.rows, error, versions: [...versions, load.rows], received };
}

function checkManners({ requests, strangersRequests }: FuzzServer): void {
  assert.ok(requests <= MOST_REQUESTS, `${requests} requests`);
  assert.equal(strangersRequests, 0, 'a redirect led to a stranger');
}

function checkTree(rows: Rows): void {
  assert.ok(Object.isFrozen(rows.runners) && Object.isFrozen(rows.integrations), 'rows are not frozen');
  const runners = groupByRunner(rows);
  const integrations = runners.flatMap((runner) => runner.integrations);
  const failures = runners.flatMap(({ failure = [] }) => failure);
  const ids = [...runners, ...integrations, ...failures].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, `ids repeat: ${ids.join()}`);
  const shown = new Set(integrations.map(({ integration }) => integration));
  // While runners are coming, those of no listed one are held back.
  assert.ok(rows.runnersComing === true || integrations.length === rows.integrations.length);
  assert.ok(
    rows.runnersComing === true || rows.integrations.every((integration) => shown.has(integration)),
    'an integration is lost',
  );
  const listed = new Set(runners.map(({ runner }) => runner));
  assert.ok(
    rows.runners.every((runner) => listed.has(runner)),
    'a runner is lost',
  );
}

function sameIntegration(a: ScmIntegration, b: ScmIntegration): boolean {
  return a.id === b.id && a.runnerId === b.runnerId && a.scmId === b.scmId && a.host === b.host;
}

function echoesOf(apiKey: string): fc.Arbitrary<string> {
  return fc.constantFrom(
    apiKey,
    `Bearer ${apiKey}`,
    `no such key: ${apiKey}\n(sic)`,
    `${apiKey}${apiKey}`,
    `\ud800${apiKey}\u202e`,
    `${'x'.repeat(290)}${apiKey}`,
    `https://user:${apiKey}@host.invalid/${apiKey}?key=${apiKey}#${apiKey}`,
  );
}

/** All that an error says, to whoever looks closely. */
function everythingOf(error: unknown): string {
  const own = Object.getOwnPropertyNames(error).map(
    (name) => [name, Reflect.get(error as object, name)] as const,
  );
  return `${String(error)} ${JSON.stringify(Object.fromEntries(own))}`;
}

function count(tally: Tally, error: OnaApiError | undefined): void {
  if (error === undefined) {
    tally.values += 1;
  } else {
    tally.problems.set(error.problem, (tally.problems.get(error.problem) ?? 0) + 1);
  }
}

/** @throws an Error with the smallest counterexample, and the seed and path that repeat it */
async function check<T>(
  arbitrary: fc.Arbitrary<T>,
  runs: Runs,
  run: (value: T, tally: Tally) => Promise<void>,
): Promise<Tally> {
  const tally: Tally = { values: 0, problems: new Map() };
  const inherited = Object.getOwnPropertyNames(Object.prototype);
  const escaped: unknown[] = [];
  const escape = (error: unknown) => escaped.push(error);
  process.on('uncaughtException', escape).on('unhandledRejection', escape);
  try {
    const property = fc.asyncProperty(arbitrary, async (value) => {
      await run(value, tally);
      assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), inherited);
      // What nobody caught is told only when all microtasks are done.
      await setImmediate();
      assert.deepEqual(escaped.splice(0), [], 'an error escaped');
    });
    await fc.assert(property, { ...runs, timeout: HANG, includeErrorInReport: true });
  } finally {
    process.off('uncaughtException', escape).off('unhandledRejection', escape);
  }
  return tally;
}
