import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Alarm } from '../../../src/base/alarm.ts';

const NOON = Date.UTC(2026, 10, 27, 12);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('an alarm', () => {
  let rings: number;
  let alarm: Alarm;

  beforeEach(() => {
    mock.timers.enable({ apis: ['Date', 'setTimeout'], now: NOON });
    rings = 0;
    alarm = new Alarm(() => rings++);
  });

  afterEach(() => {
    alarm.dispose();
    mock.timers.reset();
  });

  const tick = (ms: number) => {
    mock.timers.tick(ms);
    return rings;
  };

  it('rings once at its moment, and at once if that is past', () => {
    alarm.set(new Date(NOON + 90_000));
    assert.deepEqual([tick(89_999), tick(1), tick(DAY)], [0, 1, 1]);
    alarm.set(new Date(NOON));
    assert.equal(tick(1), 2);
  });

  it('rings only at the moment set last, and not at all without one', () => {
    alarm.set(new Date(NOON + MINUTE));
    alarm.set(new Date(NOON + 3 * MINUTE));
    assert.deepEqual([tick(2 * MINUTE), tick(MINUTE)], [0, 1]);
    alarm.set(new Date(NOON + 4 * MINUTE));
    alarm.set(undefined);
    assert.equal(tick(DAY), 1);
  });

  it('does not ring early if the moment is farther than a timer can wait', () => {
    alarm.set(new Date(Date.UTC(9999, 11, 31)));
    assert.equal(tick(DAY), 0);
  });

  it('rings within a minute after a sleep, or if the clock is set forward', () => {
    alarm.set(new Date(NOON + DAY));
    tick(MINUTE / 2);
    mock.timers.setTime(NOON + 2 * DAY);
    assert.equal(tick(MINUTE), 1);
  });

  it('waits longer if the clock is set back', () => {
    alarm.set(new Date(NOON + 10 * MINUTE));
    tick(MINUTE / 2);
    mock.timers.setTime(NOON - DAY);
    assert.deepEqual([tick(10 * MINUTE), tick(DAY)], [0, 1]);
  });
});
