import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { autoRefreshWorld, MINUTE, ready } from '../autoRefreshWorld.ts';
import { until } from '../load/signInLoads.ts';

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    await setImmediate();
  }
}

/** Lets time pass, and everything happen that follows from it. */
export async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 1_000) {
    mock.timers.tick(Math.min(1_000, left));
    await settle();
  }
}

/** A window whose rows have just been loaded, and are live. Without a timer, so that only the stream starts loads. */
export async function liveWorld() {
  const world = autoRefreshWorld();
  world.change({ isLive: true, intervalMs: 0 });
  world.load(ready);
  // Its code is loaded.
  await until(() => world.stream.opened > 0);
  return world;
}

/** One whose stream is open, and whose lists have been read since. */
export async function openWorld() {
  const world = await liveWorld();
  await world.stream.accept();
  await pass(MINUTE);
  world.load(ready);
  world.self.plans.length = 0;
  return world;
}
