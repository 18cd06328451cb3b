import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Emitter } from '../../../src/base/event.ts';
import { AskedItemFacts } from '../../../src/inventory/askedItemFacts.ts';
import { deterministicUuid } from '../../sandbox/deterministicUuid.ts';
import { runnerOf } from './fixtures.ts';
import { groupByRunner } from './groupByRunner.ts';
import { jane, signedIn } from './inventoryOf.ts';
import { NO_ITEM_FACTS } from './noItemFacts.ts';
import { SchemaClient } from './schemasOf.ts';

describe('facts about single items', () => {
  it('are asked for once somebody wants to know, and void with another key', async () => {
    const client = new SchemaClient();
    const changedSession = new Emitter<never>();
    let { connection } = signedIn(client, jane);
    const facts = new AskedItemFacts({
      session: {
        get connection() {
          return connection;
        },
        onDidChange: changedSession.event,
      },
      log: () => undefined,
      answers: NO_ITEM_FACTS,
    });
    const [runner = assert.fail()] = groupByRunner({
      runners: [runnerOf({ id: deterministicUuid('runner') })],
      integrations: [],
    });
    const { runnerId } = runner.ref;
    assert.equal(facts.schemaOf(runnerId), undefined);

    const isChanged = () =>
      new Promise((resolve) => {
        const listener = facts.onDidChange(() => {
          listener.dispose();
          resolve(undefined);
        });
      });
    const loaded = isChanged();
    facts.ask(runner, runner);
    assert.deepEqual(facts.schemaAnswer(runner), { kind: 'loading' });
    await loaded;
    // Whoever shows the runner draws it again, and then asks again.
    facts.ask(runner, runner);
    await setImmediate();
    const schema = { version: '1', providers: [] };
    const answered = isChanged();
    client.asked[0]?.resolve(schema);
    await answered;
    assert.deepEqual(facts.schemaAnswer(runner), { kind: 'known', schema });
    assert.equal(facts.schemaOf(runnerId), schema);
    assert.equal(client.asked.length, 1);

    ({ connection } = signedIn(new SchemaClient(), jane));
    assert.equal(facts.schemaOf(runnerId), undefined);
    facts.dispose();
  });
});
