import { PerformanceObserver } from 'node:perf_hooks';

/** How long tasks kept a thread from anything else, in milliseconds. */
export interface Tasks {
  /** The longest time between two turns of the event loop: no task was longer, though several may make one. */
  readonly longest: number;
  /** The most that this thread has worked between two turns: what other processes took from it is left out. */
  readonly longestWork: number;
  /** Of work over 50 ms. */
  readonly over50: number;
  /** The longest collection, of which a turn has to wait for a part. */
  readonly longestGc: number;
  /** From start to end. */
  readonly duration: number;
}

/** Watches the event loop while `work` runs, by a timer that comes every millisecond if it can. */
export async function meterTasks(work: () => Promise<unknown>): Promise<Tasks> {
  const startedAt = performance.now();
  let [longest, longestWork, longestGc, over50] = [0, 0, 0, 0];
  let last = { time: startedAt, cpu: process.threadCpuUsage() };
  const tick = () => {
    const now = { time: performance.now(), cpu: process.threadCpuUsage() };
    const worked = (now.cpu.user - last.cpu.user + now.cpu.system - last.cpu.system) / 1000;
    longest = Math.max(longest, now.time - last.time);
    longestWork = Math.max(longestWork, worked);
    over50 += Number(worked > 50);
    last = now;
  };
  const collections = new PerformanceObserver((list) => {
    longestGc = Math.max(longestGc, ...list.getEntries().map(({ duration }) => duration));
  });
  collections.observe({ entryTypes: ['gc'] });
  const timer = setInterval(tick, 1);
  try {
    await work();
    // What the work has left behind, such as an event that somebody handles in a turn of his own.
    await new Promise((resolve) => setTimeout(resolve, 200));
  } finally {
    clearInterval(timer);
    collections.disconnect();
  }
  return { longest, longestWork, over50, longestGc, duration: performance.now() - startedAt };
}
