import assert from 'node:assert/strict';
import type { Subject } from '../../../../src/api/identity.ts';
import type { OnaApiError } from '../../../../src/api/transport/errors.ts';
import type { SignIns } from '../../../../src/inventory/model.ts';
import { readyState } from '../inventoryStates.ts';
import { apiError, never, type PageCall } from './memoryClient.ts';
import { BEFORE, JANE, LAST, signInLoads, until } from './signInLoads.ts';
import { LISTS, LOST, RETRY } from './startedLoad.ts';

describe('missing sign-ins', () => {
  const { load, tick } = signInLoads();

  const failing = (error: OnaApiError) => (call: PageCall) =>
    call.list === 'signIns' ? Promise.reject(error) : undefined;
  const hanging = ({ list }: PageCall) => (list === 'signIns' ? never() : undefined);

  describe('that cannot be read', () => {
    const wellAs = (signIns: SignIns | undefined) => ({ ...readyState({ ...LISTS }), signIns });

    for (const [title, error] of [
      ['may not be listed', apiError({ problem: 'noPermission', code: 'permission_denied' })],
      ['are refused', apiError({ problem: 'refused', code: 'invalid_argument' })],
      ['are unknown to the API', apiError({ problem: 'refused', code: 'unimplemented' })],
      [
        'are answered by a 404 page',
        apiError({ problem: 'wrongAddress', code: 'unimplemented', httpStatus: 404 }),
      ],
    ] as const) {
      it(`are gone if they ${title}, and nothing else changes`, async () => {
        const { running, states, last, logged, ended } = load({ before: BEFORE, answer: failing(error) });
        await running.done;
        assert.deepEqual(last(), wellAs(undefined));
        assert.ok(states.every(({ kind, retry }) => kind === 'ready' && retry === undefined));
        assert.deepEqual([ended(), logged], [{ isComplete: true }, []]);
      });
    }

    for (const error of [
      LOST,
      apiError({ problem: 'unavailable', code: 'unavailable' }),
      apiError({ problem: 'timeout', code: 'deadline_exceeded' }),
      apiError({ problem: 'unexpectedAnswer', code: 'data_loss' }),
    ]) {
      it(`remain what they were after a temporary failure (${error.problem})`, async () => {
        const { running, last, ended } = load({ before: BEFORE, answer: failing(error) });
        await running.done;
        assert.deepEqual(last(), wellAs(LAST));
        assert.deepEqual(ended(), { isComplete: true });
      });
    }

    it('because of a bug are logged, and change nothing else', async () => {
      const { running, last, logged } = load({
        before: BEFORE,
        answer: ({ list }) => (list === 'signIns' ? Promise.reject(new RangeError('bug')) : undefined),
      });
      await running.done;
      assert.deepEqual(last(), wellAs(LAST));
      assert.deepEqual(
        logged.map(({ name }) => name),
        ['RangeError'],
      );
    });

    it('while they are tried again cause no message', async () => {
      const { running, states } = load({
        answer: ({ list, options }) => {
          if (list === 'signIns') {
            options.onRetry?.(RETRY);
          }
          return undefined;
        },
      });
      await running.done;
      assert.ok(states.every(({ retry }) => retry === undefined));
    });
  });

  describe('that do not come', () => {
    it('are waited for, but no more than 5 s after the lists', async () => {
      const { running, states, asked, last, ended } = load({ before: BEFORE, answer: hanging });
      await until(() => asked().length > 0);
      await tick(4_999);
      assert.equal(ended(), undefined);
      await tick(1);
      await running.done;
      assert.deepEqual([last().kind, last().isLoading, last().signIns], ['ready', false, LAST]);
      assert.ok(states.every(({ kind }) => kind === 'ready'));
      assert.deepEqual(last().asOf, new Date(Date.now() - 5_000), 'as of when the rows were read');
      assert.equal(asked()[0]?.options.signal.aborted, true);
    });

    it('nor does the owner of the key, are not asked for later', async () => {
      let tell: (owner: Subject) => void = () => undefined;
      const owner = new Promise<Subject>((resolve) => (tell = resolve));
      const { running, last, asked, ended } = load({ before: BEFORE, whenSubjectKnown: () => owner });
      await tick();
      await tick(5_000);
      await until(() => ended() !== undefined);
      await running.done;
      tell(JANE);
      await tick();
      assert.deepEqual([last().signIns, asked()], [LAST, []]);
    });

    it('are not waited for if a list has failed', async () => {
      const error = apiError({ problem: 'noPermission', code: 'permission_denied' });
      const { running, last } = load({
        before: BEFORE,
        answer: (call) => (call.list === 'runners' ? Promise.reject(error) : hanging(call)),
      });
      await running.done;
      assert.deepEqual([last().kind, last().error, last().signIns], ['stale', error, LAST]);
    });

    it('are not waited for after a cancellation, which leaves them', async () => {
      const { running, asked, last } = load({ before: BEFORE, answer: never });
      await until(() => asked().length > 0);
      running.cancel();
      await running.done;
      assert.equal(asked()[0]?.options.signal.aborted, true);
      assert.deepEqual(last(), BEFORE);
    });

    it('do not make rows incomplete that were there when it was canceled', async () => {
      const { running, asked, last, ended } = load({ answer: hanging });
      await until(() => asked().length > 0);
      await tick();
      running.cancel();
      await running.done;
      assert.deepEqual([last().kind, last().signIns, ended()], ['ready', undefined, { isComplete: true }]);
    });
  });
});
