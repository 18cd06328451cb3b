import assert from 'node:assert/strict';
import { tokenOf } from '../fixtures.ts';
import { readyState } from '../inventoryStates.ts';
import { apiError, gate, MemoryClient, never } from './memoryClient.ts';
import { BEFORE, JANE, LAST, signInLoads, TOKENS, until } from './signInLoads.ts';
import { LISTS, LOADING, READY } from './startedLoad.ts';

describe('the sign-ins of a load', () => {
  const { load, tick } = signInLoads();

  describe('are asked for', () => {
    for (const plan of ['parallel', 'plain'] as const) {
      it(`beside the lists, once, after their first pages (${plan})`, async () => {
        const { running, client, last } = load({ plan: { kind: 'all', plan } });
        await running.done;
        assert.deepEqual(
          client.calls.map(({ list }) => list),
          ['runners', 'integrations', 'signIns'],
        );
        assert.deepEqual(last().signIns?.tokens, TOKENS);
        assert.deepEqual(last().signIns?.subject, JANE);
      });
    }

    it('only once both first pages were', async () => {
      const { opened, open } = gate();
      const client = new MemoryClient(LISTS);
      const listRunners = client.listRunners.bind(client);
      client.listRunners = async function* (options) {
        await opened;
        yield* listRunners(options);
      };
      const { running } = load({ client });
      await tick();
      await tick();
      assert.deepEqual(
        client.calls.map(({ list }) => list),
        ['integrations'],
      );
      open();
      await running.done;
      assert.equal(client.calls.at(-1)?.list, 'signIns');
    });

    it('page by page if there are many', async () => {
      const signIns = Array.from({ length: 7 }, (_, i) => tokenOf({ id: String(i), host: `${i}.example` }));
      const { running, asked, last } = load({ signIns, pageSize: 3 });
      await running.done;
      assert.equal(asked().length, 3);
      assert.deepEqual(last().signIns?.tokens, signIns);
    });

    it('with a budget of their own', async () => {
      const { running, client, asked } = load({});
      await running.done;
      assert.notEqual(asked()[0]?.options.budget, client.calls[0]?.options.budget);
    });

    it('of nobody if the owner of the key is not known', async () => {
      const { running, asked, last } = load({ owner: undefined });
      await running.done;
      assert.deepEqual([last().kind, last().signIns, asked()], ['ready', undefined, []]);
    });

    it('not by a load of some runners, which keeps them', async () => {
      const ids = LISTS.runners.map(({ id }) => id);
      const { running, asked, last } = load({
        before: BEFORE,
        plan: { kind: 'part', runners: ids, integrationsOf: ids },
      });
      await running.done;
      assert.deepEqual([last().signIns, asked()], [LAST, []]);
    });
  });

  it('are there before the lists if these take longer', async () => {
    const { opened, open } = gate();
    const { running, states, last } = load({
      answer: ({ list }) => (list === 'runners' ? opened : undefined),
    });
    await until(() => states.at(-1)?.signIns !== undefined);
    assert.deepEqual([last().kind, last().isLoading], ['loading', true]);
    open();
    await running.done;
    assert.deepEqual(last(), { ...readyState({ ...LISTS }), signIns: { ...LAST, asOf: new Date() } });
  });

  it('are only those of the owner, even if the API does not filter them', async () => {
    const of = (id: string) => tokenOf({ id: `of ${id}`, subject: { id, principal: 'PRINCIPAL_USER' } });
    const { running, last } = load({ signIns: [of('jane'), of('joe'), of('')] });
    await running.done;
    assert.deepEqual(
      last().signIns?.tokens.map(({ id }) => id),
      ['of jane', 'of '],
    );
  });

  it('are marked if some could not be read', async () => {
    const { running, last } = load({ leftOut: { signIns: [{ fault: 'host is not string' }] } });
    await running.done;
    assert.equal(last().signIns?.isPartial, true);
  });

  describe('remain the same', () => {
    const copies = TOKENS.map((token) => ({ ...token }));

    it('if nothing has changed, in any order, and sent twice', async () => {
      for (const signIns of [copies, copies.toReversed(), [...copies, ...copies]]) {
        const { running, last } = load({ before: BEFORE, signIns });
        await running.done;
        assert.equal(last().signIns?.tokens, TOKENS);
        assert.deepEqual(last().signIns?.asOf, new Date());
      }
    });

    it('apart from those that have', async () => {
      const [first, second] = copies;
      const changed = tokenOf({ ...second, expiresAt: '2026-12-01T00:00:00Z' });
      const { running, last } = load({ before: BEFORE, signIns: [tokenOf({ ...first }), changed] });
      await running.done;
      const tokens = last().signIns?.tokens ?? [];
      assert.notEqual(tokens, TOKENS);
      assert.ok(Object.isFrozen(tokens));
      assert.deepEqual(
        tokens.map((token, i) => token === TOKENS[i]),
        [true, false],
      );
    });

    it('unless they were another owner’s', async () => {
      const joe = { ...LAST, subject: { ...JANE, id: 'joe' } };
      const { running, last } = load({ before: { ...READY, signIns: joe }, signIns: copies });
      await running.done;
      assert.equal(last().signIns?.subject, JANE);
      assert.notEqual(last().signIns?.tokens, TOKENS);
    });
  });

  it('stay as they were if the API names no organization', async () => {
    const error = apiError({ problem: 'noOrganization', code: 'data_loss' });
    const { opened, open } = gate();
    const { running, states, last } = load({
      before: BEFORE,
      signIns: [],
      answer: ({ list }) => (list === 'runners' ? opened.then(() => Promise.reject(error)) : undefined),
    });
    await until(() => states.at(-1)?.signIns?.tokens.length === 0);
    open();
    await running.done;
    assert.deepEqual(last().signIns, LAST);
  });

  it('of a load that is dropped are not published', async () => {
    const { opened, open } = gate();
    const { running, states, asked } = load({
      before: LOADING,
      answer: ({ list }) => (list === 'signIns' ? opened : never()),
    });
    await until(() => asked().length > 0);
    running.drop();
    open();
    await running.done;
    await tick();
    assert.ok(states.every(({ signIns }) => signIns === undefined));
  });
});
