import type { Page } from 'playwright-core';
import { until } from './until.ts';

/**
 * Reads all that the browser stores for the window: state of the workbench, state and secrets (encrypted) of
 * extensions. Strips the backslashes of JSON in JSON, so that a text can be found.
 */
const READ = `(async () => {
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        const read = (what) => new Promise((resolve, reject) => {
          const request = database.transaction(store).objectStore(store)[what]();
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        const asText = (value) => value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
        texts.push(JSON.stringify([(await read('getAllKeys')), (await read('getAll')).map(asText)]));
      }
      database.close();
    }
    return texts.map((text) => text.replaceAll('\\\\', ''));
  })()`;

/** Everything stored for a window, as strings. */
export function storedState(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(READ);
}

/**
 * Waits until something is stored, or no longer is: the workbench writes its state and that of extensions shortly after
 * a change, and a reload loses the rest.
 */
export async function whenStored(page: Page, text: string, expected = true): Promise<void> {
  await until(
    async () => (await storedState(page)).some((stored) => stored.includes(text)),
    expected,
    `${text} is ${expected ? 'stored' : 'forgotten'}`,
  );
}
