import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { actionTimeout } from './speed.ts';

/**
 * Waits until the value read is as expected. Fails with the difference if it never is.
 *
 * @param patience in ms
 */
export async function until<T>(
  read: () => Promise<T>,
  expected: T,
  message?: string,
  patience = actionTimeout,
): Promise<void> {
  const givenUpAt = Date.now() + patience;
  let actual = await read();
  while (!isDeepStrictEqual(actual, expected) && Date.now() < givenUpAt) {
    await delay(50);
    actual = await read();
  }
  assert.deepEqual(actual, expected, message);
}
