/** The variable by which `npm test -- ui --slow N` reaches the workers. */
export const SLOWDOWN_VARIABLE = 'ONA_TEST_SLOWDOWN';

/** How many times slower the windows run than they could, to find what only a slow machine shows; 1 normally. */
export const slowdown = Number(process.env[SLOWDOWN_VARIABLE] ?? 1);

/** How long one action, or one wait for what it brings, may take in ms before it is a failure that names its locator. */
export const actionTimeout = 10_000 * slowdown;

/** How long a whole test may take in ms, opening a window included. */
export const testTimeout = 90_000 * slowdown;
