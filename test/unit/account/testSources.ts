import { ApiKeys } from '../../../src/account/apiKeys.ts';
import { Environment } from '../../../src/account/environment.ts';
import type { SessionSources } from '../../../src/account/sessionReader.ts';
import type { Secrets } from '../../../src/account/timedSecrets.ts';
import { WindowChoices } from '../../../src/account/windowChoice.ts';
import { MemoryStorage } from './memoryStorage.ts';

export interface TestWindow {
  /** The secret storage, if the window does not use that of the editor as it is. */
  readonly secrets?: Secrets | undefined;
  /** Environment variables. */
  readonly variables?: Record<string, string> | undefined;
  /** `onaScm.apiUrl`. */
  readonly apiUrl?: string | undefined;
  /** The window's own storage: reuse it to simulate a reload. */
  readonly own?: MemoryStorage | undefined;
  readonly log?: ((line: string) => void) | undefined;
}

/** The stored keys of an editor, as a new window sees them. */
export async function openKeys({ secretStorage, memento }: MemoryStorage): Promise<ApiKeys> {
  const apiKeys = new ApiKeys(secretStorage, memento);
  await apiKeys.load();
  return apiKeys;
}

/** What a new window of an editor with this storage reads to know who is signed in. The keys are not yet loaded. */
export function testSources(
  { secretStorage, memento }: MemoryStorage,
  {
    secrets = secretStorage,
    variables = {},
    apiUrl,
    own = new MemoryStorage(),
    log = () => undefined,
  }: TestWindow = {},
): SessionSources {
  return {
    apiKeys: new ApiKeys(secrets, memento),
    environment: new Environment(variables, memento),
    choices: new WindowChoices(own.memento),
    configuredApiUrl: () => apiUrl,
    endpoint: { timeoutMs: () => 1000, userAgent: 'test', sentFrom: undefined, log },
  };
}
