import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { Emitter } from '../../../src/base/event.ts';
import { NewDay } from '../../../src/base/newDay.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a new day', () => {
  const zone = process.env['TZ'];
  let focused: Emitter<undefined>;
  let day: NewDay;
  /** The local time of each redrawing. */
  let redrawn: string[];

  const start = (now: string, place = 'Europe/Berlin') => {
    process.env['TZ'] = place;
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: new Date(now) });
    focused = new Emitter();
    redrawn = [];
    day = new NewDay(focused.event, () => {
      redrawn.push(new Date().toString().slice(4, 21));
      day.watch(true);
    });
    day.watch(true);
  };

  /** Time passes as it does for the user, in steps. */
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= MINUTE / 2) {
      mock.timers.tick(MINUTE / 2);
    }
  };

  afterEach(() => {
    day.dispose();
    mock.timers.reset();
    if (zone === undefined) {
      delete process.env['TZ'];
    } else {
      process.env['TZ'] = zone;
    }
  });

  it('begins at each local midnight', () => {
    start('2026-11-26T23:58:10');
    mock.timers.tick(MINUTE + 49_999);
    assert.deepEqual(redrawn, []);
    mock.timers.tick(1);
    assert.deepEqual(redrawn, ['Nov 27 2026 00:00']);
    pass(24 * HOUR);
    assert.deepEqual(redrawn, ['Nov 27 2026 00:00', 'Nov 28 2026 00:00']);
  });

  for (const [place, before, hours, after] of [
    ['America/New_York', '2026-11-01T00:00:00', 25, 'Nov 02 2026 00:00'],
    ['America/New_York', '2026-03-08T00:00:00', 23, 'Mar 09 2026 00:00'],
    // The clocks go forward at midnight.
    ['America/Santiago', '2026-09-05T00:00:00', 24, 'Sep 06 2026 01:00'],
  ] as const) {
    it(`begins ${hours} hours after ${before} in ${place}`, () => {
      // Before the date is parsed.
      process.env['TZ'] = place;
      start(before, place);
      pass(hours * HOUR - MINUTE);
      assert.deepEqual(redrawn, []);
      pass(MINUTE);
      assert.deepEqual(redrawn, [after]);
    });
  }

  it('is noticed within a minute after sleep, and at once if the user returns to the window', () => {
    start('2026-11-26T19:00:00');
    // Asleep: the date goes on, but no timer does.
    mock.timers.setTime(new Date('2026-11-27T08:00:00').getTime());
    assert.deepEqual(redrawn, []);
    mock.timers.tick(MINUTE);
    assert.deepEqual(redrawn, ['Nov 27 2026 08:01']);
    mock.timers.setTime(new Date('2026-11-28T08:00:00').getTime());
    focused.fire(undefined);
    focused.fire(undefined);
    assert.deepEqual(redrawn, ['Nov 27 2026 08:01', 'Nov 28 2026 08:00']);
  });

  it('wakes nobody if no time is shown, or nobody is left', () => {
    start('2026-11-26T23:59:00');
    day.watch(false);
    pass(HOUR);
    focused.fire(undefined);
    day.watch(true);
    day.dispose();
    pass(48 * HOUR);
    focused.fire(undefined);
    assert.deepEqual(redrawn, []);
  });
});
