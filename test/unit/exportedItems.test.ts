import assert from 'node:assert/strict';
import { ExportedItems } from '../../src/exportedItems.ts';
import { groupSteps, type RunnerEntry } from '../../src/inventory/groups.ts';
import type { InventoryData } from '../../src/inventory/model.ts';
import type { OrganizationFacts } from '../../src/inventory/statusFacts.ts';
import { statusSteps, type WithStatuses } from '../../src/inventory/statusSteps.ts';
import { atOnce } from './base/atOnce.ts';
import { integrationOf, runnerOf } from './inventory/fixtures.ts';
import { readyState } from './inventory/inventoryStates.ts';
import { AS_OF, factsOf, signInsOf, tokenOf, withStatuses } from './inventory/withStatuses.ts';

const DATA: InventoryData = {
  runners: [
    runnerOf({ id: 'r2', name: 'b', phase: 'RUNNER_PHASE_INACTIVE', message: 'no power' }),
    runnerOf({ id: 'r1', name: 'a' }),
  ],
  integrations: [
    integrationOf({ id: 'i3', runnerId: 'r2' }),
    integrationOf({ id: 'i2', runnerId: 'r1', host: 'gitlab.com', scmId: 'gitlab', pat: false }),
    integrationOf({ id: 'i1', runnerId: 'r1' }),
  ],
};

/** Entries that follow others, as in a window. */
function next(
  data: InventoryData,
  before: WithStatuses,
  signIns = signInsOf([]),
  answersOf: OrganizationFacts['answersOf'] = () => ({}),
): WithStatuses {
  const of = atOnce(groupSteps(data, before.of));
  return { of, runners: atOnce(statusSteps(of, factsOf(data, { signIns, answersOf }), AS_OF, before)) };
}

const STATE = readyState(DATA);

const NOTHING: WithStatuses = { of: [], runners: [] };

describe('the items of the exported API', () => {
  it('have their status beside all fields, in the order of the API', () => {
    const { runners, integrations } = new ExportedItems().of(DATA, withStatuses(DATA));
    assert.deepEqual(runners, [
      {
        ...DATA.runners[0],
        status: 'broken',
        effectiveStatus: 'broken',
        reasons: [
          {
            code: 'offline',
            status: 'broken',
            message: 'offline',
            source: 'ListRunners',
            at: AS_OF.toISOString(),
            text: 'no power',
          },
        ],
      },
      { ...DATA.runners[1], status: 'unchecked', effectiveStatus: 'unchecked', reasons: [] },
    ]);
    assert.deepEqual(
      integrations.map(({ id, status, effectiveStatus, reasons }) => [
        id,
        status,
        effectiveStatus,
        ...reasons.map(({ code, message }) => `${code}: ${message}`),
      ]),
      [
        ['i3', 'unchecked', 'broken'],
        ['i2', 'broken', 'broken', 'noSignIn: no sign-in method'],
        ['i1', 'unchecked', 'unchecked'],
      ],
    );
  });

  it('can be changed by nobody', () => {
    const { runners, integrations } = new ExportedItems().of(DATA, withStatuses(DATA));
    const isFrozen = (value: unknown): boolean =>
      typeof value !== 'object' ||
      value === null ||
      (Object.isFrozen(value) && Object.values(value).every(isFrozen));
    // Fixtures are not frozen, unlike what is decoded.
    assert.ok([runners, integrations].every((items) => Object.isFrozen(items)));
    assert.ok([...runners, ...integrations].every((item) => Object.isFrozen(item) && isFrozen(item.reasons)));
  });

  it('are the same objects as long as nothing about them changes, and others then', () => {
    const items = new ExportedItems();
    const first = next(DATA, NOTHING);
    const shown = items.of(DATA, first.runners);
    const { runners: again } = items.of(DATA, first.runners);
    assert.ok(again.every((runner, i) => runner === shown.runners[i]));

    const more = {
      ...DATA,
      integrations: [...DATA.integrations, integrationOf({ id: 'i4', runnerId: 'r3' })],
    };
    const second = next(more, first);
    const { integrations } = items.of(more, second.runners);
    assert.deepEqual(
      integrations.map((integration, i) => integration === shown.integrations[i]),
      [true, true, true, false],
    );

    const ending = signInsOf([tokenOf({ runnerId: 'r1', expiresAt: AS_OF.toISOString() })]);
    const third = items.of(more, next(more, second, ending).runners);
    assert.deepEqual(
      third.integrations.map((integration, i) => integration === integrations[i]),
      [true, true, false, true],
    );
    assert.equal(third.integrations[2]?.reasons[0]?.code, 'tokenEnded');
    assert.ok(third.runners.every((runner, i) => runner === shown.runners[i]));
  });

  it('have what a runner answered, and are others only if it answered again', () => {
    const answering = (at: Date, before: WithStatuses) =>
      next(DATA, before, undefined, ({ integration: { id } }) =>
        id === 'i1' ? { access: { signedIn: false, at, wasSignedIn: false, onRecord: ['key'] } } : {},
      );
    const items = new ExportedItems();
    const first = answering(AS_OF, NOTHING);
    const { integrations: asked } = items.of(DATA, first.runners);
    assert.deepEqual(
      asked.map(({ access }) => access),
      [undefined, undefined, { signedIn: false, at: AS_OF.toISOString() }],
    );
    assert.ok(Object.isFrozen(asked[2]?.access));
    assert.ok(items.hasChanged({ state: STATE, runners: first.runners }));
    const same = answering(new Date(AS_OF), first);
    assert.equal(items.hasChanged({ state: STATE, runners: same.runners }), false);
    const later = answering(new Date(AS_OF.getTime() + 1), same);
    assert.ok(items.hasChanged({ state: STATE, runners: later.runners }), 'although no status has changed');
    const again = items.of(DATA, later.runners).integrations;
    assert.deepEqual(
      again.map((item, i) => item === asked[i]),
      [true, true, false],
    );
  });

  it('are announced only if there is a new state, or a status has changed', () => {
    const items = new ExportedItems();
    const state = readyState(DATA);
    const first = next(DATA, NOTHING);
    assert.ok(items.hasChanged({ state, runners: first.runners }));
    const same = next(DATA, first);
    assert.notEqual(same.runners, first.runners);
    assert.equal(items.hasChanged({ state, runners: same.runners }), false);
    const ending = signInsOf([tokenOf({ runnerId: 'r1', expiresAt: AS_OF.toISOString() })]);
    assert.ok(items.hasChanged({ state, runners: next(DATA, same, ending).runners }));
    assert.ok(items.hasChanged({ state: { ...state }, runners: first.runners }));
  });

  it('belong to their own snapshot, even if that is read after a later one', () => {
    const items = new ExportedItems();
    const earlier = next(DATA, NOTHING);
    const later = next(
      DATA,
      earlier,
      signInsOf([tokenOf({ runnerId: 'r1', expiresAt: AS_OF.toISOString() })]),
    );
    const statuses = (entries: readonly RunnerEntry[]) =>
      items.of(DATA, entries).integrations.map(({ status }) => status);
    assert.deepEqual(statuses(later.runners), ['unchecked', 'broken', 'attention']);
    assert.deepEqual(statuses(earlier.runners), ['unchecked', 'broken', 'unchecked']);
    assert.deepEqual(statuses(later.runners), ['unchecked', 'broken', 'attention']);
  });

  it('are complete while runners are still to come, and if several share an ID', () => {
    const twice = { ...DATA, runners: [...DATA.runners, runnerOf({ id: 'r1', name: 'also a' })] };
    const { runners } = new ExportedItems().of(twice, withStatuses(twice));
    assert.deepEqual(
      runners.map(({ name }) => name),
      ['b', 'a', 'also a'],
    );
    const partial = { ...DATA, runners: [], isRunnerListPartial: true } as const;
    const { integrations } = new ExportedItems().of(partial, withStatuses(partial));
    assert.deepEqual(
      integrations.map(({ id, status }) => [id, status]),
      [
        ['i3', 'unchecked'],
        ['i2', 'unchecked'],
        ['i1', 'unchecked'],
      ],
    );
  });
});
