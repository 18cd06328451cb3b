import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OnaApiError } from '../../src/api/errors.ts';
import type { Page } from '../../src/api/paging.ts';
import type { Runner, ScmIntegration } from '../../src/api/schema.ts';
import { InventoryLoad, type ListClient } from '../../src/inventory/load.ts';
import { NO_ROWS, type Rows } from '../../src/inventory/model.ts';
import { clientOf } from '../unit/api/testClient.ts';
import { nodesByRunner } from '../unit/views/tree/sampleNodes.ts';
import { exchanges } from './answers.ts';
import { checkManners } from './checks.ts';
import type { FuzzServer } from './fuzzServer.ts';
import { count, type Runs, runProperty, type Tally } from './runProperty.ts';

/** A load of both lists ends with rows or an error, and the tree shows all of the rows, each under an id of its own. */
export function inventoriesLoad(server: FuzzServer, runs: Runs): Promise<Tally> {
  const { ListRunners, ListSCMIntegrations } = exchanges({ answering: 80 });
  const both = fc.record({ ListRunners, ListSCMIntegrations });
  const loads = fc.record({
    plan: fc.constantFrom('parallel' as const, 'plain' as const),
    first: both,
    second: both,
  });
  return runProperty(loads, runs, async ({ plan, first, second }, tally) => {
    let rows = NO_ROWS;
    for (const answers of [first, second]) {
      server.prepare(answers);
      const load = await loadAll(server, rows, plan);
      load.versions.forEach(checkTree);
      assert.equal(load.rows.runnersComing, undefined);
      checkManners(server);
      checkKept(load.rows.runners, load.runners, runnerKey);
      checkKept(load.rows.integrations, load.integrations, integrationKey);
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
  /** All that came, and that the load has taken. */
  readonly runners: readonly Runner[];
  readonly integrations: readonly ScmIntegration[];
}

async function loadAll(server: FuzzServer, previous: Rows, plan: 'parallel' | 'plain'): Promise<Load> {
  const { client } = clientOf({ url: server.url, apiKey: 'fuzz-api-key-0123456789' });
  const runners: Runner[] = [];
  const integrations: ScmIntegration[] = [];
  const recording: ListClient = {
    listRunners: (...options) => recorded(client.listRunners(...options), runners),
    listScmIntegrations: (...options) => recorded(client.listScmIntegrations(...options), integrations),
  };
  const versions: Rows[] = [];
  const abort = new AbortController();
  const onChange = () => versions.push(load.rows);
  const load: InventoryLoad = new InventoryLoad(recording, previous, { signal: abort.signal, onChange });
  const { error } = await load.everything(plan);
  const { rows } = load;
  // Ends the requests that the load has overtaken, whose answers it no longer waits for.
  abort.abort();
  return {
    rows,
    error,
    versions: [...versions, rows],
    runners: [...runners],
    integrations: [...integrations],
  };
}

async function* recorded<T>(
  pages: AsyncIterable<Page<T>>,
  into: T[],
): AsyncGenerator<Page<T>, void, undefined> {
  for await (const page of pages) {
    yield page;
    // Who wants the next page has taken this one.
    into.push(...page.items);
  }
}

/** @throws AssertionError where a row is missing for something that came, or is not as it came */
function checkKept<T>(rows: readonly T[], received: readonly T[], keyOf: (item: T) => string): void {
  const kept = new Map(rows.map((row) => [keyOf(row), JSON.stringify(row)]));
  const came = new Set(received.map((item) => JSON.stringify(item)));
  for (const item of received) {
    const row = kept.get(keyOf(item));
    assert.ok(row !== undefined, `lost ${JSON.stringify(item)}`);
    assert.ok(came.has(row), `kept an old ${row}`);
  }
}

function runnerKey(runner: Runner): string {
  return runner.id || JSON.stringify(runner);
}

function integrationKey(integration: ScmIntegration): string {
  const { id, runnerId, scmId, host } = integration;
  return JSON.stringify(id === '' ? integration : [id, runnerId, scmId, host]);
}

function checkTree(rows: Rows): void {
  assert.ok(Object.isFrozen(rows.runners) && Object.isFrozen(rows.integrations), 'rows are not frozen');
  const runners = nodesByRunner(rows);
  const integrations = runners.flatMap((runner) => runner.integrations);
  const failures = runners.flatMap(({ failure = [] }) => failure);
  const ids = [...runners, ...integrations, ...failures].map(({ treeId }) => treeId);
  assert.equal(new Set(ids).size, ids.length, `ids repeat: ${ids.join()}`);
  const shown = new Set(integrations.map(({ entry }) => entry.integration));
  // While runners are coming, those of no listed one are held back.
  assert.ok(rows.runnersComing === true || integrations.length === rows.integrations.length);
  assert.ok(
    rows.runnersComing === true || rows.integrations.every((integration) => shown.has(integration)),
    'an integration is lost',
  );
  const listed = new Set(runners.map(({ entry }) => entry.runner));
  assert.ok(
    rows.runners.every((runner) => listed.has(runner)),
    'a runner is lost',
  );
}
