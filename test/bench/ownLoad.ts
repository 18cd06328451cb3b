import type { InventorySnapshot, OnaScmApi } from '../../src/exportedApi.ts';
import { setApiUrl, snapshotWhere } from '../integration/extension.ts';
import type { Load } from './load.ts';

/** One that the extension refuses before any request, so that it drops its rows and asks nobody. */
const REFUSED_ADDRESS = 'http://ona.invalid';

/** A fresh sign-in without rows, and from there until our extension has published them. */
export async function ownLoad(api: OnaScmApi, apiUrl: string): Promise<Load> {
  await signOff(api);
  await setApiUrl(apiUrl);
  await snapshotWhere(api, ({ state }) => state === 'loading');
  const published: { snapshot: InventorySnapshot; time: number }[] = [];
  const startedAt = performance.now();
  const listener = api.onDidChange((snapshot) => {
    published.push({ snapshot, time: performance.now() - startedAt });
  });
  const last = await api.refresh();
  const ended = performance.now() - startedAt;
  listener.dispose();
  if (last.state !== 'ready') {
    throw new Error(`The load ended as ${last.state}: ${last.error?.message ?? 'no error'}`);
  }
  const when = (condition: (snapshot: InventorySnapshot) => boolean) =>
    published.find(({ snapshot }) => condition(snapshot))?.time ?? NaN;
  const [runners, integrations] = [last.runners.length, last.integrations.length];
  return {
    first: when((snapshot) => snapshot.runners.length + snapshot.integrations.length > 0),
    all: when(
      (snapshot) => snapshot.runners.length === runners && snapshot.integrations.length === integrations,
    ),
    ended,
    runners,
    integrations,
  };
}

/** Points the extension at an API that it does not ask, so that it has no rows and calls nobody. */
export async function signOff(api: OnaScmApi): Promise<void> {
  await setApiUrl(REFUSED_ADDRESS);
  await snapshotWhere(api, ({ state }) => state === 'failed');
}
