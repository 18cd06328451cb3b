import assert from 'node:assert/strict';
import { Loader, type LoadOutcome } from '../../../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../../../src/inventory/model.ts';
import { emptyOrganization } from '../../../sandbox/emptyOrganization.ts';
import { largeOrganization } from '../../../sandbox/largeOrganization.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import { startSandbox } from '../../../sandbox/server.ts';
import { clientOf, quiet } from '../../api/testClient.ts';

const BROKEN = { kind: 'connect', code: 'internal', message: 'broken' } as const;
const BROKEN_AT_PAGE_2 = { kind: 'afterPages', pages: 1, fault: BROKEN } as const;

describe('loading the inventory', () => {
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });

  afterEach(() => sandbox.close());

  async function load(
    previous = NO_DATA,
    onPage: (data: InventoryData) => void = () => undefined,
    { signal } = quiet,
  ): Promise<LoadOutcome & { readonly data: InventoryData }> {
    const running: Loader = new Loader(clientOf(sandbox).client, previous, {
      signal,
      onChange: () => onPage(running.data),
    });
    const outcome = await running.everything('plain');
    return { ...outcome, data: running.data };
  }

  /** The rows of a load that must succeed. */
  async function loaded(previous = NO_DATA): Promise<InventoryData> {
    const { data, error } = await load(previous);
    assert.equal(error, undefined);
    return data;
  }

  const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);
  const sizes = ({ runners, integrations }: InventoryData) => [runners.length, integrations.length];

  it('reads both lists whole', async () => {
    const data = await loaded();
    const { runners, integrations } = sandbox.organization;
    assert.deepEqual(
      ids(data.runners),
      runners.map(({ runnerId }) => runnerId),
    );
    assert.deepEqual(
      ids(data.integrations),
      integrations.map(({ id }) => id),
    );
    assert.equal(sandbox.requests.length, 2);
  });

  it('of an empty organization is no error', async () => {
    sandbox.organization = emptyOrganization();
    const { data, error } = await load();
    assert.deepEqual([data, error], [{ runners: [], integrations: [] }, undefined]);
  });

  for (const [stuck, free] of [
    ['ListRunners', 'integrations'],
    ['ListSCMIntegrations', 'runners'],
  ] as const) {
    it(`asks both lists at once: ${free} come while ${stuck} hangs`, async () => {
      sandbox.faults.set(stuck, { kind: 'hang' });
      const abort = new AbortController();
      const onPage = (data: InventoryData) => {
        assert.equal(data[free].length, sandbox.organization[free].length);
        abort.abort();
      };
      const { data, error } = await load(NO_DATA, onPage, abort);
      assert.equal(error?.problem, 'canceled');
      assert.equal(data[free].length, sandbox.organization[free].length);
    });
  }

  it('publishes each page as it comes', async () => {
    sandbox.organization = largeOrganization({ runners: 150, integrations: 250 });
    const published: number[][] = [];
    await load(NO_DATA, (data) => published.push(sizes(data)));
    assert.deepEqual([...new Set(published.map(([runners]) => runners))].filter(Boolean), [100, 150]);
    assert.deepEqual(
      [...new Set(published.map(([, integrations]) => integrations))].filter(Boolean),
      [100, 200, 250],
    );
    assert.deepEqual(published.at(-1), [150, 250]);
  });

  it('says that there may be more integrations until their list has been read to its end', async () => {
    sandbox.organization = largeOrganization({ runners: 1, integrations: 150 });
    sandbox.faults.set('ListSCMIntegrations', BROKEN_AT_PAGE_2);
    const { data: cut } = await load();
    assert.equal(cut.integrations.length, 100);
    assert.deepEqual([...(cut.completeRunnerIds ?? [])], []);
    assert.ok(cut.completeRunnerIds);
    sandbox.faults.clear();
    const whole = await loaded(cut);
    assert.equal(whole.completeRunnerIds, undefined);
    sandbox.faults.set('ListSCMIntegrations', BROKEN);
    assert.equal((await load(whole)).data.completeRunnerIds, undefined, 'the last good list was whole');
  });

  describe('again', () => {
    it('gives the very same rows where nothing changed', async () => {
      const first = await loaded();
      assert.equal(await loaded(first), first);
    });

    it('keeps every object and list that did not change', async () => {
      sandbox.organization = largeOrganization({ runners: 120, integrations: 230 });
      const first = await loaded();
      const second = await loaded(first);
      assert.equal(second.runners, first.runners);
      assert.equal(second.integrations, first.integrations);
    });

    it('replaces the one that changed', async () => {
      const first = await loaded();
      const [changed] = sandbox.organization.runners;
      Object.assign(changed ?? {}, { status: { phase: 'RUNNER_PHASE_DEGRADED', message: 'disk full' } });
      const second = await loaded(first);
      assert.equal(second.runners[0]?.message, 'disk full');
      assert.notEqual(first.runners[0]?.message, 'disk full');
      assert.deepEqual(
        second.runners.filter((runner, i) => runner !== first.runners[i]),
        [second.runners[0]],
      );
      assert.equal(second.integrations, first.integrations);
    });

    it('adds what is new and drops what is gone', async () => {
      const first = await loaded();
      const [gone] = sandbox.organization.integrations.splice(0, 1);
      sandbox.organization.integrations.push({ id: 'new', host: 'new.example' });
      sandbox.organization.runners.pop();
      const second = await loaded(first);
      assert.deepEqual(
        ids(second.integrations),
        sandbox.organization.integrations.map(({ id }) => id),
      );
      assert.ok(!ids(second.integrations).includes(gone?.id ?? ''));
      assert.equal(second.runners.length, first.runners.length - 1);
    });

    it('shows no row less before the list is complete', async () => {
      sandbox.organization = largeOrganization({ runners: 150, integrations: 250 });
      const first = await loaded();
      sandbox.organization = largeOrganization({ runners: 110, integrations: 210 });
      const last = await load(first, (data) => assert.deepEqual(sizes(data).map(Boolean), [true, true]));
      assert.deepEqual(sizes(last.data), [110, 210]);

      sandbox.organization = largeOrganization({ runners: 110, integrations: 210 });
      const published: number[][] = [];
      const again = await load(last.data, (data) => published.push(sizes(data)));
      assert.deepEqual(
        published.filter(([runners, integrations]) => runners !== 110 || integrations !== 210),
        [],
      );
      assert.equal(again.data.runners, last.data.runners);
    });

    it('empties a list that has become empty', async () => {
      const first = await loaded();
      sandbox.organization = emptyOrganization();
      assert.deepEqual(sizes(await loaded(first)), [0, 0]);
    });
  });

  describe('that fails', () => {
    it('keeps all the last good rows', async () => {
      const first = await loaded();
      sandbox.faults.set('ListRunners', { kind: 'reset' });
      sandbox.faults.set('ListSCMIntegrations', { ...BROKEN, code: 'unauthenticated' });
      const { data, error } = await load(first);
      assert.equal(data.runners, first.runners);
      assert.equal(data.integrations, first.integrations);
      assert.equal(error?.problem, 'connectionLost');
    });

    it('at page 2 keeps the last good rows, with what came', async () => {
      sandbox.organization = largeOrganization({ runners: 150, integrations: 5 });
      const first = await loaded();
      sandbox.faults.set('ListRunners', BROKEN_AT_PAGE_2);
      Object.assign(sandbox.organization.runners[0] ?? {}, { name: 'renamed' });
      sandbox.organization.runners.splice(1, 1);
      sandbox.organization.integrations.pop();
      const { data, error } = await load(first);
      assert.equal(error?.method, 'ListRunners');
      assert.deepEqual(ids(data.runners).sort(), ids(first.runners).sort());
      assert.equal(data.runners.find(({ id }) => id === first.runners[0]?.id)?.name, 'renamed');
      assert.equal(data.integrations.length, 4, 'the other list is complete');
    });

    it('at page 2 without earlier rows keeps page 1', async () => {
      sandbox.organization = largeOrganization({ runners: 150, integrations: 250 });
      sandbox.faults.set('ListSCMIntegrations', BROKEN_AT_PAGE_2);
      const { data, error } = await load();
      assert.equal(error?.method, 'ListSCMIntegrations');
      assert.deepEqual(sizes(data), [150, 100]);
    });

    it('and then does not loses what has vanished meanwhile', async () => {
      sandbox.organization = largeOrganization({ runners: 150, integrations: 0 });
      const first = await loaded();
      sandbox.organization.runners.splice(100);
      sandbox.faults.set('ListRunners', { ...BROKEN, times: 1 });
      const failed = await load(first);
      assert.equal(failed.data.runners.length, 150);
      assert.equal((await loaded(failed.data)).runners.length, 100);
    });
  });

  describe('merges', () => {
    it('what a moving list repeats', async () => {
      sandbox.organization = largeOrganization({ runners: 101, integrations: 101 });
      const { runners, integrations } = sandbox.organization;
      runners.splice(100, 1, ...runners.slice(99, 100));
      integrations.splice(100, 1, ...integrations.slice(99, 100));
      assert.deepEqual(sizes(await loaded()), [100, 100]);
    });

    it('into the latest that it was told', async () => {
      sandbox.organization.runners = [
        { runnerId: 'a', name: 'old' },
        { runnerId: 'a', name: 'new' },
      ];
      assert.deepEqual(
        (await loaded()).runners.map(({ name }) => name),
        ['new'],
      );
    });

    const apart: [string, Sandbox['organization']['integrations']][] = [
      [
        'one id on two runners',
        [
          { id: 'static-scm-1', runnerId: 'a', host: 'github.com' },
          { id: 'static-scm-1', runnerId: 'b', host: 'github.com' },
        ],
      ],
      ['integrations without ids on two hosts', [{ host: 'a.example' }, { host: 'b.example' }]],
      [
        'integrations without ids that differ in their sign-in only',
        [
          { host: 'a.example', oauth: { clientId: 'x' } },
          { host: 'a.example', pat: true },
        ],
      ],
    ];
    for (const [name, integrations] of apart) {
      it(`not ${name}`, async () => {
        sandbox.organization.integrations = integrations;
        assert.equal((await loaded()).integrations.length, 2);
      });
    }

    it('not runners without ids', async () => {
      sandbox.organization.runners = [{ name: 'a' }, { name: 'b' }];
      assert.equal((await loaded()).runners.length, 2);
    });
  });

  it('gives lists that nobody can change, full or empty', async () => {
    for (const organization of [sandbox.organization, emptyOrganization()]) {
      sandbox.organization = organization;
      const { runners, integrations } = await loaded();
      assert.ok(Object.isFrozen(runners));
      assert.ok(Object.isFrozen(integrations));
    }
  });
});
