import assert from 'node:assert/strict';
import type { ConnectCode } from '../../../../src/api/transport/errors.ts';
import {
  NO_STREAM,
  nextStreamState,
  type StreamInput,
  type StreamState,
} from '../../../../src/inventory/live/streamState.ts';

const NOW = 1_000_000;

const wanted = { kind: 'wanted', isWanted: true } as const;
const unwanted = { kind: 'wanted', isWanted: false } as const;
const endedBy = (code: ConnectCode, retryAfterMs?: number): StreamInput => ({
  kind: 'ended',
  error: { code, isSilence: false, retryAfterMs },
});
const silence: StreamInput = { kind: 'ended', error: { code: 'deadline_exceeded', isSilence: true } };

const idle: StreamState = { ...NO_STREAM, kind: 'idle' };
const connecting: StreamState = { ...NO_STREAM, kind: 'connecting', at: NOW - 500 };
const open: StreamState = {
  ...NO_STREAM,
  kind: 'open',
  at: NOW - 5_000,
  isHeard: true,
  hasDelivered: true,
};
const lasting: StreamState = { ...open, at: NOW - 60_000, retries: 4 };
/** Something on the way has accepted it, and holds messages back. */
const unheard: StreamState = { ...NO_STREAM, kind: 'open', at: NOW - 60_000 };
const waiting: StreamState = { ...NO_STREAM, kind: 'waiting', at: NOW + 3_000, retries: 2 };
const off: StreamState = { ...NO_STREAM, kind: 'off', at: NOW - 1 };

/** A state, what happens, the kind of the next state, and for how many milliseconds it waits. */
const TABLE: readonly (readonly [
  title: string,
  state: StreamState,
  input: StreamInput,
  kind: StreamState['kind'],
  waitMs?: number,
])[] = [
  ['is opened as soon as it is wanted', idle, wanted, 'connecting'],
  ['is not opened if it is not wanted', idle, unwanted, 'idle'],
  ['is not opened a second time', connecting, wanted, 'connecting'],
  ['is closed while it is being opened', connecting, unwanted, 'idle'],
  ['is closed while it is open', open, unwanted, 'idle'],
  ['is not waited for if it is not wanted', waiting, unwanted, 'idle'],
  ['keeps waiting if it is wanted all the time', waiting, wanted, 'waiting', 3_000],
  ['stays off although it is wanted', off, wanted, 'off'],
  ['stays off although it is not wanted', off, unwanted, 'off'],
  ['stays off after sleep', off, { kind: 'slept' }, 'off'],
  ['opens', connecting, { kind: 'opened' }, 'open'],
  ['does not open if it is no longer wanted', idle, { kind: 'opened' }, 'idle'],
  ['is opened again after sleep', open, { kind: 'slept' }, 'connecting'],
  ['is opened again after sleep while it is being opened', connecting, { kind: 'slept' }, 'connecting'],
  ['is opened at once after sleep', waiting, { kind: 'slept' }, 'connecting'],
  ['is not opened after sleep if it is not wanted', idle, { kind: 'slept' }, 'idle'],
  ['waits until the time has come', waiting, { kind: 'due' }, 'waiting', 3_000],
  ['is opened when the time has come', { ...waiting, at: NOW }, { kind: 'due' }, 'connecting'],
  ['waits 1 s after the API has ended it', open, { kind: 'ended' }, 'waiting', 1_000],
  ['waits 4 s the third time', { ...open, retries: 2 }, { kind: 'ended' }, 'waiting', 4_000],
  ['never waits more than 60 s', { ...open, retries: 50 }, { kind: 'ended' }, 'waiting', 60_000],
  ['waits 1 s again after it has lasted a minute', lasting, { kind: 'ended' }, 'waiting', 1_000],
  [
    'waits longer and longer if it cannot be opened',
    { ...connecting, retries: 3 },
    endedBy('unavailable'),
    'waiting',
    8_000,
  ],
  ['waits 60 s after canceled', open, endedBy('canceled'), 'waiting', 60_000],
  ['waits 60 s after internal', open, endedBy('internal'), 'waiting', 60_000],
  ['waits as long as the API asks', open, endedBy('resource_exhausted', 30_000), 'waiting', 30_000],
  ['is off after not_found', open, endedBy('not_found'), 'off'],
  ['is off after permission_denied', open, endedBy('permission_denied'), 'off'],
  ['is off after unauthenticated', connecting, endedBy('unauthenticated'), 'off'],
  ['is off after unimplemented', connecting, endedBy('unimplemented'), 'off'],
  ['is opened again after a silence', open, silence, 'waiting', 1_000],
  ['gets a second chance if nothing was delivered', connecting, silence, 'waiting', 1_000],
  ['is off if nothing was delivered twice in a row', { ...connecting, unheard: 1 }, silence, 'off'],
  [
    'gets a second chance if it was cut off without a message',
    unheard,
    endedBy('unavailable'),
    'waiting',
    1_000,
  ],
  ['is off if it was cut off twice so', { ...unheard, unheard: 1 }, endedBy('unavailable'), 'off'],
  [
    'is not off if it was cut off so soon that no message was due',
    { ...unheard, at: NOW - 5_000, unheard: 1 },
    endedBy('unavailable'),
    'waiting',
    1_000,
  ],
  ['is not off if the API has ended it', { ...unheard, unheard: 1 }, { kind: 'ended' }, 'waiting', 1_000],
  ['is not off if something was delivered', { ...open, unheard: 1 }, silence, 'waiting', 1_000],
  [
    'is not off if an earlier one has delivered something',
    { ...connecting, hasDelivered: true, unheard: 1 },
    silence,
    'waiting',
    1_000,
  ],
  ['that has been replaced ends without effect', waiting, { kind: 'ended' }, 'waiting', 3_000],
];

describe('the state of the stream', () => {
  for (const [title, state, input, kind, waitMs] of TABLE) {
    it(title, () => {
      const next = nextStreamState(state, input, NOW, 0.5);
      assert.equal(next.kind, kind);
      if (kind === 'waiting') {
        assert.equal(next.at - NOW, waitMs);
      }
      if (next.kind === state.kind && input.kind !== 'slept') {
        assert.equal(next, state, 'the very same, so that nothing is done');
      }
    });
  }

  it('spreads the waits of many clients', () => {
    const waits = [0, 0.5, 1].map((random) => nextStreamState(open, { kind: 'ended' }, NOW, random).at - NOW);
    assert.deepEqual(waits, [750, 1_000, 1_250]);
  });

  it('never waits less than the API asks, whatever the spread', () => {
    const { at } = nextStreamState(open, endedBy('resource_exhausted', 30_000), NOW, 0);
    assert.equal(at - NOW, 30_000);
  });

  it('forgets an earlier silence as soon as something is delivered', () => {
    const heard = nextStreamState({ ...connecting, unheard: 1 }, { kind: 'message' }, NOW, 0.5);
    assert.deepEqual([heard.isHeard, heard.unheard], [true, 0]);
    assert.equal(nextStreamState(heard, { kind: 'message' }, NOW, 0.5), heard);
  });

  it('does not count an attempt that fails at once as a silence', () => {
    const failed = nextStreamState({ ...connecting, unheard: 1 }, endedBy('unavailable'), NOW, 0.5);
    assert.deepEqual([failed.kind, failed.unheard], ['waiting', 0]);
  });
});
