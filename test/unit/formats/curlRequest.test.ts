import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { curlRequest } from '../../../src/formats/curlRequest.ts';

const API = 'https://app.gitpod.io/api';

/** What a shell passes to curl, call by call. */
function calls(script: string): string[][] {
  const out = execFileSync('bash', ['-c', `curl() { printf '%s\\0' "$@"; printf '\\1\\0'; }\n${script}`], {
    env: { ...process.env, ONA_API_KEY: 'the-key' },
    encoding: 'utf8',
  });
  return out
    .split('\u0001\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

function bodies(script: string): unknown[] {
  return calls(script).map((args) => JSON.parse(args.at(-1) ?? '') as unknown);
}

describe('a curl request', () => {
  it('reads the integrations of a runner, with the key of the environment', () => {
    const runnerId = randomUUID();
    const text = curlRequest(API, [runnerId]);
    assert.deepEqual(calls(text), [
      [
        `${API}/gitpod.v1.RunnerConfigurationService/ListSCMIntegrations`,
        '--header',
        'Content-Type: application/json',
        '--header',
        'Authorization: Bearer the-key',
        '--data',
        JSON.stringify({ filter: { runnerIds: [runnerId] }, pagination: { pageSize: 100 } }),
      ],
    ]);
  });

  it('asks for all where an id is none that the filter takes, so that nothing hostile stands in it', () => {
    for (const id of [`'; touch /tmp/owned; '`, '$(id)', '', `${randomUUID()}\n`]) {
      const text = curlRequest(API, [randomUUID(), id]);
      assert.deepEqual(bodies(text), [{ pagination: { pageSize: 100 } }]);
    }
  });

  it('asks for no more than 25 runners at once', () => {
    const ids = Array.from({ length: 51 }, () => randomUUID());
    const asked = bodies(curlRequest(API, ids)) as { filter: { runnerIds: string[] } }[];
    assert.deepEqual(
      asked.map(({ filter }) => filter.runnerIds.length),
      [25, 25, 1],
    );
    assert.deepEqual(
      asked.flatMap(({ filter }) => filter.runnerIds),
      ids,
    );
  });

  it('keeps whatever is in the address one word', () => {
    const hostile = `https://ona.example/it's$(id)\`id\`"\\/api`;
    assert.equal(
      calls(curlRequest(hostile, [randomUUID()]))[0]?.[0],
      `${hostile}/gitpod.v1.RunnerConfigurationService/ListSCMIntegrations`,
    );
  });
});
