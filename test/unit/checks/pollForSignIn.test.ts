import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import { Emitter } from '../../../src/base/event.ts';
import type { CallOutcome } from '../../../src/checks/callRunner.ts';
import type { CheckFailure } from '../../../src/checks/checkState.ts';
import {
  askOnReturn,
  POLL_LIMIT_MS,
  POLL_MS,
  pollForSignIn,
  type SignInPollEnd,
} from '../../../src/checks/pollForSignIn.ts';

type Outcome = CallOutcome<{ readonly authenticated: boolean }>;

const NO: Outcome = { kind: 'answer', answer: { authenticated: false } };
const YES: Outcome = { kind: 'answer', answer: { authenticated: true } };

const error = (code: 'deadline_exceeded' | 'unauthenticated') =>
  new OnaApiError({
    problem: code === 'unauthenticated' ? 'keyRefused' : 'timeout',
    code,
    method: 'CheckAuthenticationForHost',
    host: 'api.example',
  });

const failed = (failure: CheckFailure): Outcome => ({ kind: 'failure', failure });
const TIMEOUT = failed({ kind: 'timeout', error: error('deadline_exceeded') });

/** A poll of a runner that gives these answers, the last one again and again. `hang` never answers. */
function pollOf(...answers: readonly (Outcome | 'hang')[]) {
  const returned = new Emitter<void>();
  const cancel = new AbortController();
  const self = {
    asked: 0,
    atOnce: 0,
    most: 0,
    visible: true,
    end: undefined as SignInPollEnd | undefined,
    cancel: () => cancel.abort(),
    returnToWindow: async () => {
      returned.fire();
      await setImmediate();
    },
    tick: async (ms: number) => {
      for (let left = ms; left > 0; left -= POLL_MS) {
        mock.timers.tick(Math.min(left, POLL_MS));
        await setImmediate();
      }
    },
    ask: async (signal: AbortSignal): Promise<Outcome> => {
      const answer = answers[Math.min(self.asked, answers.length - 1)] ?? NO;
      self.asked++;
      self.most = Math.max(self.most, ++self.atOnce);
      if (answer === 'hang') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      }
      self.atOnce--;
      return answer === 'hang' || signal.aborted ? { kind: 'canceled' } : answer;
    },
    question: { onDidReturn: returned.event, signal: cancel.signal },
    start: () => {
      const { ask, question } = self;
      void pollForSignIn({ ask, ...question, isVisible: () => self.visible, now: Date.now }).then(
        (end) => (self.end = end),
      );
      return self;
    },
  };
  return self;
}

describe('waiting for a sign-in', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date', 'setTimeout'] }));
  afterEach(() => mock.timers.reset());

  it('asks every two seconds until the runner says that somebody is signed in', async () => {
    const poll = pollOf(NO, NO, YES).start();
    await poll.tick(POLL_MS - 1);
    assert.equal(poll.asked, 0);
    await poll.tick(1);
    assert.equal(poll.asked, 1);
    await poll.tick(POLL_MS);
    assert.deepEqual([poll.asked, poll.end], [2, undefined]);
    await poll.tick(POLL_MS);
    assert.deepEqual([poll.asked, poll.end], [3, { kind: 'signedIn' }]);
    await poll.tick(POLL_LIMIT_MS);
    await poll.returnToWindow();
    assert.equal(poll.asked, 3);
  });

  it('gives up after 60 seconds', async () => {
    const poll = pollOf(NO).start();
    await poll.tick(POLL_LIMIT_MS - POLL_MS);
    assert.deepEqual([poll.asked, poll.end], [29, undefined]);
    await poll.tick(POLL_MS);
    assert.deepEqual([poll.asked, poll.end], [29, { kind: 'gaveUp', failure: undefined }]);
    await poll.tick(POLL_LIMIT_MS);
    assert.equal(poll.asked, 29);
  });

  it('never asks twice at the same time, nor waits longer for a runner that does not answer', async () => {
    const poll = pollOf(NO, 'hang').start();
    await poll.tick(POLL_MS * 2);
    await poll.returnToWindow();
    await poll.tick(POLL_LIMIT_MS - POLL_MS * 2);
    assert.deepEqual([poll.asked, poll.most], [2, 1]);
    assert.deepEqual(poll.end, { kind: 'gaveUp', failure: undefined });
  });

  it('asks nobody while nothing is visible, and gets no extra time for it', async () => {
    const poll = pollOf(NO).start();
    poll.visible = false;
    await poll.tick(POLL_LIMIT_MS - POLL_MS * 2);
    await poll.returnToWindow();
    assert.equal(poll.asked, 0);
    poll.visible = true;
    await poll.tick(POLL_MS);
    assert.equal(poll.asked, 1);
    await poll.tick(POLL_MS * 2);
    assert.deepEqual([poll.asked, poll.end?.kind], [1, 'gaveUp']);
  });

  it('asks at once when somebody returns to the window', async () => {
    const poll = pollOf(YES).start();
    await poll.returnToWindow();
    assert.deepEqual([poll.asked, poll.end], [1, { kind: 'signedIn' }]);
  });

  it('goes on after a failure that may pass, and names the last one when it gives up', async () => {
    const passing = pollOf(TIMEOUT, failed({ kind: 'noResult' }), YES).start();
    await passing.tick(POLL_MS * 3);
    assert.deepEqual([passing.asked, passing.end], [3, { kind: 'signedIn' }]);
    const failing = pollOf(NO, TIMEOUT).start();
    await failing.tick(POLL_LIMIT_MS);
    const { end } = failing;
    assert.equal(end?.kind === 'gaveUp' && end.failure?.kind, 'timeout');
  });

  for (const kind of ['notActive', 'unsupported', 'readOnlyKey', 'noPermission'] as const) {
    it(`ends when the runner refuses: ${kind}`, async () => {
      const poll = pollOf(failed({ kind })).start();
      await poll.tick(POLL_LIMIT_MS);
      assert.deepEqual([poll.asked, poll.end], [1, { kind: 'refused', failure: { kind } }]);
    });
  }

  it('ends when the API no longer accepts the key', async () => {
    const refused = { kind: 'keyRefused', error: error('unauthenticated') } as const;
    const poll = pollOf(refused).start();
    await poll.tick(POLL_LIMIT_MS);
    assert.deepEqual([poll.asked, poll.end], [1, refused]);
  });

  it('ends when it is canceled, before, between and during questions, and with the session', async () => {
    const before = pollOf(NO);
    before.cancel();
    before.start();
    const between = pollOf(NO).start();
    const during = pollOf('hang').start();
    const session = pollOf({ kind: 'canceled' }).start();
    await between.tick(POLL_MS);
    between.cancel();
    during.cancel();
    await setImmediate();
    for (const [poll, asked] of [
      [before, 0],
      [between, 1],
      [during, 1],
      [session, 1],
    ] as const) {
      assert.deepEqual([poll.asked, poll.end], [asked, { kind: 'canceled' }]);
    }
    await between.tick(POLL_LIMIT_MS);
    assert.equal(between.asked, 1);
  });

  it('leaves no listener behind', async () => {
    const listeners = new Set<unknown>();
    const onDidReturn = (listener: unknown) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    };
    const poll = pollOf(NO, YES);
    poll.question = { ...poll.question, onDidReturn };
    poll.start();
    await poll.tick(POLL_MS * 2);
    assert.deepEqual([poll.end, listeners.size], [{ kind: 'signedIn' }, 0]);
  });
});

describe('asking on return', () => {
  const onReturn = (poll: ReturnType<typeof pollOf>) => {
    const { ask, question } = poll;
    void askOnReturn({ ask, ...question }).then((end) => (poll.end = end));
    return poll;
  };

  it('asks once, whatever is visible', async () => {
    const poll = onReturn(pollOf(YES));
    poll.visible = false;
    assert.equal(poll.asked, 0);
    await poll.returnToWindow();
    await poll.returnToWindow();
    assert.deepEqual([poll.asked, poll.end], [1, { kind: 'signedIn' }]);
  });

  it('ends with its answer, or when it is canceled', async () => {
    const no = onReturn(pollOf(NO));
    await no.returnToWindow();
    assert.deepEqual(no.end, { kind: 'gaveUp', failure: undefined });
    const canceled = onReturn(pollOf(YES));
    canceled.cancel();
    await canceled.returnToWindow();
    assert.deepEqual([canceled.asked, canceled.end], [0, { kind: 'canceled' }]);
  });
});
