import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Session } from '../../../src/account/sessionState.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import type { Runner } from '../../../src/api/runners.ts';
import type { OnaApiErrorOptions } from '../../../src/api/transport/errors.ts';
import { Emitter } from '../../../src/base/event.ts';
import type { RunnerEntry } from '../../../src/inventory/groups.ts';
import { ItemQuestions } from '../../../src/inventory/itemQuestions.ts';
import { deterministicUuid } from '../../sandbox/deterministicUuid.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import { groupByRunner } from './groupByRunner.ts';
import { jane, signedIn } from './inventoryOf.ts';
import { apiError } from './load/memoryClient.ts';
import { SchemaClient } from './schemasOf.ts';

const RUNNER = deterministicUuid('runner');
const OWN = deterministicUuid('own');
const INHERITED = deterministicUuid('inherited');

/** Has one integration of its own. */
class ItemClient extends SchemaClient {
  readonly askedFor: string[] = [];
  failure: Partial<OnaApiErrorOptions> = { problem: 'refused', code: 'not_found' };

  getScmIntegration(id: string): Promise<ScmIntegration> {
    this.askedFor.push(id);
    return id === OWN ? Promise.resolve(integrationOf({ id })) : Promise.reject(apiError(this.failure));
  }
}

function runnerWith(
  runner: Partial<Runner>,
  integrations: readonly Partial<ScmIntegration>[] = [],
): RunnerEntry {
  const [entry] = groupByRunner({
    runners: [runnerOf({ id: RUNNER, ...runner })],
    integrations: integrations.map((fields) => integrationOf({ runnerId: RUNNER, ...fields })),
  });
  return entry ?? assert.fail();
}

const MANAGED = { provider: 'RUNNER_PROVIDER_MANAGED' };

describe('questions about single items', () => {
  let client: ItemClient;
  let session: { connection: ReturnType<typeof signedIn>['connection'] | undefined };
  const changedSession = new Emitter<Session>();
  let facts: ItemQuestions;
  let lines: string[];
  let changes: number;

  beforeEach(() => {
    client = new ItemClient();
    lines = [];
    changes = 0;
    session = { connection: signedIn(client, jane).connection };
    const { event: onDidChange } = changedSession;
    facts = new ItemQuestions({
      session: Object.defineProperty({ onDidChange }, 'connection', {
        get: () => session.connection,
      }) as never,
      log: (line) => lines.push(line),
    });
    facts.onDidChange(() => changes++);
  });

  afterEach(() => facts.dispose());

  /** Asks as the details do: whenever they are drawn, and they are drawn again when something is known. */
  async function show(runner: RunnerEntry, integration = runner.integrations[0]): Promise<void> {
    const draw = () => facts.ask(integration ?? runner, runner);
    const listener = facts.onDidChange(draw);
    draw();
    await setImmediate();
    await setImmediate();
    listener.dispose();
  }

  it('are not asked unless somebody wants to know', () => {
    assert.equal(facts.schemaOf(RUNNER), undefined);
    assert.equal(client.asked.length, 0);
  });

  it('are about what a runner could offer, which is asked once', async () => {
    const runner = runnerWith({});
    await show(runner);
    await show(runner);
    assert.deepEqual(
      client.asked.map(({ runnerId }) => runnerId),
      [RUNNER],
    );
    assert.deepEqual(facts.schemaAnswer(runner), { kind: 'loading' });
    const schema = { version: '1', providers: [] };
    client.asked[0]?.resolve(schema);
    await setImmediate();
    assert.deepEqual(facts.schemaAnswer(runner), { kind: 'known', schema });
    assert.equal(facts.schemaOf(RUNNER), schema);
    assert.ok(changes > 0);
  });

  it('can stay without an answer, and the reason is known', async () => {
    const runner = runnerWith({ phase: 'RUNNER_PHASE_DEGRADED' });
    await show(runner);
    const error = apiError({ problem: 'refused', code: 'permission_denied' });
    client.asked[0]?.reject(error);
    await setImmediate();
    assert.deepEqual(facts.schemaAnswer(runner), { kind: 'failed', error });
  });

  it('are not asked of what cannot answer', async () => {
    for (const fields of [
      { phase: 'RUNNER_PHASE_INACTIVE' },
      { phase: 'RUNNER_PHASE_CREATED' },
      { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' },
      { id: 'static-runner-1' },
    ]) {
      const runner = runnerWith(fields);
      await show(runner);
      assert.deepEqual(facts.schemaAnswer(runner), { kind: 'notAsked' }, JSON.stringify(fields));
    }
    const [unknown = assert.fail()] = groupByRunner({
      runners: [],
      integrations: [integrationOf({ runnerId: RUNNER })],
    });
    await show(unknown);
    assert.deepEqual(facts.schemaAnswer(unknown), { kind: 'notAsked' });
    assert.equal(client.asked.length, 0);
  });

  it('are about which integrations are inherited, once about each', async () => {
    const runner = runnerWith(MANAGED, [{ id: INHERITED }, { id: OWN, host: 'own.example' }]);
    const [inherited, own] = runner.integrations;
    assert.ok(inherited && own);
    await show(runner, inherited);
    await show(runner, inherited);
    await show(runner, own);
    assert.deepEqual(client.askedFor, [INHERITED, OWN]);
    assert.deepEqual([facts.isKnownInherited(inherited), facts.isKnownInherited(own)], [true, false]);
  });

  it('do not make an integration inherited because of another failure', async () => {
    client.failure = { problem: 'unavailable', code: 'unavailable' };
    const runner = runnerWith(MANAGED, [{ id: INHERITED }]);
    const [entry = assert.fail()] = runner.integrations;
    await show(runner);
    assert.equal(facts.isKnownInherited(entry), false);
    assert.match(
      lines.join('\n'),
      new RegExp(`Whether the integration ${INHERITED} is inherited is not known: `),
    );
  });

  it('are asked again about an integration if the network has failed, but not after a refusal', async () => {
    const runner = runnerWith(MANAGED, [{ id: INHERITED }]);
    const [entry = assert.fail()] = runner.integrations;
    client.failure = { problem: 'connectionLost', code: 'unavailable' };
    await show(runner);
    client.failure = { problem: 'refused', code: 'not_found' };
    await show(runner);
    assert.deepEqual([client.askedFor.length, facts.isKnownInherited(entry)], [2, true]);

    const other = runnerWith(MANAGED, [{ id: deterministicUuid('other') }]);
    client.failure = { problem: 'noPermission', code: 'permission_denied' };
    await show(other);
    await show(other);
    assert.equal(client.askedFor.length, 3);
  });

  it('are not asked about integrations on other runners, or without a UUID', async () => {
    await show(runnerWith({}, [{ id: INHERITED }]));
    await show(runnerWith(MANAGED, [{ id: 'static-scm-1' }]));
    assert.deepEqual(client.askedFor, []);
  });

  it('have no answers with another key', async () => {
    const runner = runnerWith(MANAGED, [{ id: INHERITED }]);
    const [entry = assert.fail()] = runner.integrations;
    await show(runner);
    assert.equal(facts.isKnownInherited(entry), true);
    const before = changes;
    session.connection = signedIn(new ItemClient(), jane).connection;
    assert.equal(facts.isKnownInherited(entry), false);
    changedSession.fire({ kind: 'starting' });
    assert.ok(changes > before);
  });
});
