/** The variable that passes `npm test -- ui --slow N` to the workers. */
export const SLOWDOWN_VARIABLE = 'ONA_TEST_SLOWDOWN';

/** The factor by which windows are slowed down, to find what only a slow machine shows; normally 1. */
export const slowdown = Number(process.env[SLOWDOWN_VARIABLE] ?? 1);

/** How long one action or wait may take, in ms, before it fails with the name of its locator. */
export const actionTimeout = 10_000 * slowdown;

/** How long a whole test may take, in ms, including opening a window. */
export const testTimeout = 90_000 * slowdown;
