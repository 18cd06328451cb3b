import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** How long a person may have to wait before it is a failure, in ms: as long as the locators of the tests wait. */
const PATIENCE_MS = 30_000;

/** Waits until what is read is as expected. Fails with the difference should it never be. */
export async function until<T>(read: () => Promise<T>, expected: T, message?: string): Promise<void> {
  const givenUpAt = Date.now() + PATIENCE_MS;
  let actual = await read();
  while (!isDeepStrictEqual(actual, expected) && Date.now() < givenUpAt) {
    await delay(50);
    actual = await read();
  }
  assert.deepEqual(actual, expected, message);
}
