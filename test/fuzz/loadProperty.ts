import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { OnaApiError } from '../../src/api/transport/errors.ts';
import type { Page } from '../../src/api/transport/paging.ts';
import type { Runner } from '../../src/api/runners.ts';
import type { ScmIntegration } from '../../src/api/scmIntegrations.ts';
import type { ListClient } from '../../src/inventory/load/listParts.ts';
import { Loader } from '../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../src/inventory/model.ts';
import { clientOf } from '../unit/api/testClient.ts';
import { nodesByRunner } from '../unit/views/tree/sampleNodes.ts';
import { exchanges } from './answers.ts';
import { checkManners } from './checks.ts';
import type { FuzzServer } from './fuzzServer.ts';
import { count, type Runs, runProperty, type Tally } from './runProperty.ts';

/** A load of both lists ends with rows or an error, and the tree shows all of the rows, each with its own id. */
export function inventoriesLoad(server: FuzzServer, runs: Runs): Promise<Tally> {
  const { ListRunners, ListSCMIntegrations } = exchanges({ answering: 80 });
  const both = fc.record({ ListRunners, ListSCMIntegrations });
  const loads = fc.record({
    plan: fc.constantFrom('parallel' as const, 'plain' as const),
    first: both,
    second: both,
  });
  return runProperty(loads, runs, async ({ plan, first, second }, tally) => {
    let data = NO_DATA;
    for (const answers of [first, second]) {
      server.prepare(answers);
      const load = await loadAll(server, data, plan);
      load.versions.forEach(checkTree);
      assert.equal(load.data.isRunnerListPartial, undefined);
      checkManners(server);
      checkKept(load.data.runners, load.runners, runnerKey);
      checkKept(load.data.integrations, load.integrations, integrationKey, load.named);
      ({ data } = load);
      count(tally, load.error);
    }
  });
}

interface Load {
  readonly data: InventoryData;
  readonly error: OnaApiError | undefined;
  /** The rows after each change, and at the end. */
  readonly versions: readonly InventoryData[];
  /** All that arrived with the plain lists and that the load has processed. */
  readonly runners: readonly Runner[];
  readonly integrations: readonly ScmIntegration[];
  /** The integrations that arrived by the names of their runners: the plain list decides which of them exist. */
  readonly named: readonly ScmIntegration[];
}

async function loadAll(
  server: FuzzServer,
  previous: InventoryData,
  plan: 'parallel' | 'plain',
): Promise<Load> {
  const { client } = clientOf({ url: server.url, apiKey: 'fuzz-api-key-0123456789' });
  const runners: Runner[] = [];
  const integrations: ScmIntegration[] = [];
  const named: ScmIntegration[] = [];
  const recording: ListClient = {
    listRunners: (...options) => recorded(client.listRunners(...options), runners),
    listScmIntegrations: (options, runnerIds) =>
      recorded(
        client.listScmIntegrations(options, runnerIds),
        runnerIds === undefined ? integrations : named,
      ),
    getRunner: (...options) => client.getRunner(...options),
  };
  const versions: InventoryData[] = [];
  const abort = new AbortController();
  const onChange = () => versions.push(load.data);
  const load: Loader = new Loader(recording, previous, { signal: abort.signal, onChange });
  const { error } = await load.everything(plan);
  const { data } = load;
  // Aborts requests whose answers the load no longer needs.
  abort.abort();
  return {
    data,
    error,
    versions: [...versions, data],
    runners: [...runners],
    integrations: [...integrations],
    named: [...named],
  };
}

async function* recorded<T>(
  pages: AsyncIterable<Page<T>>,
  into: T[],
): AsyncGenerator<Page<T>, void, undefined> {
  for await (const page of pages) {
    yield page;
    // Next page requested: this one was processed.
    into.push(...page.items);
  }
}

/**
 * @param others that may have a row too
 * @throws AssertionError if a received item has no row, or a changed one
 */
function checkKept<T>(
  data: readonly T[],
  received: readonly T[],
  keyOf: (item: T) => string,
  others: readonly T[] = [],
): void {
  const kept = new Map(data.map((row) => [keyOf(row), JSON.stringify(row)]));
  const came = new Set([...received, ...others].map((item) => JSON.stringify(item)));
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

function checkTree(data: InventoryData): void {
  assert.ok(Object.isFrozen(data.runners) && Object.isFrozen(data.integrations), 'rows are not frozen');
  const runners = nodesByRunner(data);
  const integrations = runners.flatMap((runner) => runner.integrations);
  const failures = runners.flatMap(({ failure = [] }) => failure);
  const ids = [...runners, ...integrations, ...failures].map(({ treeId }) => treeId);
  assert.equal(new Set(ids).size, ids.length, `ids repeat: ${ids.join()}`);
  const shown = new Set(integrations.map(({ entry }) => entry.integration));
  // While the runner list is partial, those of unlisted runners are held back.
  assert.ok(data.isRunnerListPartial === true || integrations.length === data.integrations.length);
  assert.ok(
    data.isRunnerListPartial === true || data.integrations.every((integration) => shown.has(integration)),
    'an integration is lost',
  );
  const listed = new Set(runners.map(({ entry }) => entry.runner));
  assert.ok(
    data.runners.every((runner) => listed.has(runner)),
    'a runner is lost',
  );
}
