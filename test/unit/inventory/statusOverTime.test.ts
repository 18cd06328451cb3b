import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Emitter } from '../../../src/base/event.ts';
import { GroupedInventory } from '../../../src/inventory/groupedInventory.ts';
import type { ItemFacts } from '../../../src/inventory/itemFacts.ts';
import { type InventoryState, SIGNED_OUT } from '../../../src/inventory/model.ts';
import type { Answers } from '../../../src/inventory/statusFacts.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import { readyState } from './inventoryStates.ts';
import { AS_OF, JANE, tokenOf } from './withStatuses.ts';
import { NO_ITEM_FACTS } from './noItemFacts.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** An inventory with one integration, whose status the test reads. */
async function inventoryWith(itemFacts: Partial<ItemFacts>, expiresAt?: number) {
  const changed = new Emitter<InventoryState>();
  const inventory = { state: SIGNED_OUT, onDidChange: changed.event };
  const groups = new GroupedInventory(
    inventory,
    { ...NO_ITEM_FACTS, ...itemFacts },
    () => Promise.resolve(),
    (error) => assert.fail(error),
  );
  const data = {
    runners: [runnerOf({ id: 'eu' })],
    integrations: [integrationOf({ id: 'github', runnerId: 'eu' })],
  };
  const tokens =
    expiresAt === undefined
      ? []
      : [tokenOf({ runnerId: 'eu', expiresAt: new Date(AS_OF.getTime() + expiresAt).toISOString() })];
  inventory.state = { ...readyState(data, AS_OF), signIns: { subject: JANE, tokens, asOf: AS_OF } };
  changed.fire(inventory.state);
  await groups.whenGrouped();
  const status = () => groups.runners[0]?.integrations[0]?.status;
  const summary = () => [status()?.own, ...(status()?.reasons ?? []).map(({ code }) => code)].join(' ');
  return { groups, summary, status };
}

describe('a status changes without a word from the API', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'], now: AS_OF }));

  afterEach(() => mock.timers.reset());

  it('when a token enters its last seven days, and when it ends', async () => {
    const { groups, summary } = await inventoryWith({}, 8 * DAY);
    let redrawn = 0;
    groups.onDidChange(() => redrawn++);
    assert.equal(summary(), 'unchecked');
    mock.timers.tick(DAY - 1);
    assert.deepEqual([summary(), redrawn], ['unchecked', 0]);
    mock.timers.tick(60_000);
    assert.equal(summary(), 'attention tokenEnding');
    mock.timers.tick(7 * DAY);
    assert.equal(summary(), 'attention tokenEnded');
    groups.dispose();
  });

  it('and counts the days until then', async () => {
    const { groups, status } = await inventoryWith({}, 3 * DAY);
    const days = () => status()?.reasons.map((reason) => ('days' in reason ? reason.days : undefined));
    assert.deepEqual(days(), [3]);
    mock.timers.tick(DAY);
    assert.deepEqual(days(), [2]);
    groups.dispose();
  });

  it('when an answer of a runner is 24 hours old', async () => {
    const { groups, summary } = await inventoryWith({
      answersOf: () => ({ access: { signedIn: true, at: AS_OF, wasSignedIn: true } }),
      answeredAt: () => [AS_OF],
    });
    assert.equal(summary(), 'works');
    mock.timers.tick(DAY + 60_000);
    assert.equal(summary(), 'unchecked');
    groups.dispose();
  });

  it('when something was found out about an item', async () => {
    const changed = new Emitter<void>();
    let answers: Answers = {};
    const { groups, summary } = await inventoryWith({ onDidChange: changed.event, answersOf: () => answers });
    assert.equal(summary(), 'unchecked');
    answers = { validation: { valid: false, errors: [], at: AS_OF } };
    changed.fire();
    // Many answers in a row are not followed one by one.
    while (summary() === 'unchecked') {
      mock.timers.tick(100);
      await setImmediate();
    }
    assert.equal(summary(), 'attention invalidWithoutReason');
    groups.dispose();
  });
});
