import { PerformanceObserver } from 'node:perf_hooks';

/** How long tasks blocked a thread, in milliseconds. */
export interface Tasks {
  /** The longest time between two turns of the event loop: no task was longer, though several may add up to it. */
  readonly longest: number;
  /** The most work of this thread between two turns, excluding what other processes took. */
  readonly longestWork: number;
  /** Of work over 50 ms. */
  readonly over50: number;
  /** The longest garbage collection; turns wait for part of it. */
  readonly longestGc: number;
  /** From start to end. */
  readonly duration: number;
}

/** Watches the event loop while `work` runs, with a timer that fires every millisecond if possible. */
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
    // For the work's aftermath, such as an event handled in a later turn.
    await new Promise((resolve) => setTimeout(resolve, 200));
  } finally {
    clearInterval(timer);
    collections.disconnect();
  }
  return { longest, longestWork, over50, longestGc, duration: performance.now() - startedAt };
}
