import { setImmediate } from 'node:timers/promises';
import type { Subject } from '../../../../src/api/identity.ts';
import type { LoadRunOptions } from '../../../../src/inventory/load/loadRun.ts';
import type { SignIns } from '../../../../src/inventory/model.ts';
import { tokenOf } from '../fixtures.ts';
import { MemoryClient, type PageCall } from './memoryClient.ts';
import { LISTS, READY, startedLoads } from './startedLoad.ts';

export const JANE: Subject = { id: 'jane', principal: 'PRINCIPAL_USER' };

export const TOKENS = ['github.com', 'gitlab.com'].map((host) => tokenOf({ id: host, runnerId: 'r', host }));

/** Jane's sign-ins, as an earlier load has read them. */
export const LAST: SignIns = { subject: JANE, tokens: TOKENS, asOf: new Date(0) };

/** The state that it left. */
export const BEFORE = { ...READY, signIns: LAST };

interface SignInLoad extends Partial<LoadRunOptions> {
  readonly answer?: (call: PageCall) => Promise<void> | undefined;
  readonly signIns?: MemoryClient['signIns'];
  readonly leftOut?: MemoryClient['leftOut'];
  readonly pageSize?: number;
  readonly owner?: Subject | undefined;
}

/** Loads with Jane's key. Call within `describe`. */
export function signInLoads() {
  const { start, tick } = startedLoads();
  return {
    tick,

    load: ({
      answer = () => undefined,
      signIns = TOKENS,
      leftOut = {},
      pageSize = 100,
      ...rest
    }: SignInLoad) => {
      const client = new MemoryClient(LISTS, answer, { pageSize });
      Object.assign(client, { signIns, leftOut });
      const owner = 'owner' in rest ? rest.owner : JANE;
      const started = start(answer, { client, whenSubjectKnown: () => Promise.resolve(owner), ...rest });
      const asked = () => client.calls.filter(({ list }) => list === 'signIns');
      return { ...started, client, asked };
    },
  };
}

/** Lets work go on until something has happened. */
export async function until(hasHappened: () => boolean): Promise<void> {
  while (!hasHappened()) {
    await setImmediate();
  }
}
