import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { curlRequest, shellOf } from '../../../src/formats/curlRequest.ts';

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
    const text = curlRequest(API, [runnerId], 'posix');
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
      const text = curlRequest(API, [randomUUID(), id], 'posix');
      assert.deepEqual(bodies(text), [{ pagination: { pageSize: 100 } }]);
    }
  });

  it('asks for no more than 25 runners at once', () => {
    const ids = Array.from({ length: 51 }, () => randomUUID());
    const asked = bodies(curlRequest(API, ids, 'posix')) as { filter: { runnerIds: string[] } }[];
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
      calls(curlRequest(hostile, [randomUUID()], 'posix'))[0]?.[0],
      `${hostile}/gitpod.v1.RunnerConfigurationService/ListSCMIntegrations`,
    );
  });
});

interface PowerShellCall {
  readonly stdin: string;
  readonly args: readonly string[];
}

const SINGLE_QUOTES = "['\u2018-\u201b]";

/** What PowerShell makes of lines such as ours. It knows only the quoting rules. */
function powerShellCalls(script: string): PowerShellCall[] {
  return script.split('\n').map((line) => {
    const words: { text: string; pipe: boolean }[] = [];
    let rest = line;
    while ((rest = rest.trimStart()) !== '') {
      const single = new RegExp(
        `^${SINGLE_QUOTES}((?:[^'\u2018-\u201b]|${SINGLE_QUOTES}{2})*)${SINGLE_QUOTES}(?= |$)`,
      ).exec(rest);
      const double = /^"([^"`]*)"(?= |$)/.exec(rest);
      const bare = /^(?:[a-z.-]+|\|)(?= |$)/.exec(rest);
      const found = single ?? double ?? bare;
      assert.ok(found, `PowerShell would not read this as a word: ${rest}`);
      const text = single
        ? (single[1] ?? '').replace(new RegExp(`(${SINGLE_QUOTES})${SINGLE_QUOTES}`, 'g'), '$1')
        : double
          ? (double[1] ?? '').replaceAll('$env:ONA_API_KEY', 'the-key')
          : found[0];
      words.push({ text, pipe: found[0] === '|' });
      rest = rest.slice(found[0].length);
    }
    const [body, pipe, program, ...args] = words;
    assert.ok(body && pipe?.pipe === true, line);
    assert.equal(program?.text, 'curl.exe', '`curl` alone is Invoke-WebRequest in Windows PowerShell');
    return { stdin: body.text, args: args.map(({ text }) => text) };
  });
}

describe('a curl request for PowerShell', () => {
  it('reads the integrations of a runner, with the key of the environment', () => {
    const runnerId = randomUUID();
    assert.deepEqual(powerShellCalls(curlRequest(API, [runnerId], 'powerShell')), [
      {
        stdin: JSON.stringify({ filter: { runnerIds: [runnerId] }, pagination: { pageSize: 100 } }),
        args: [
          `${API}/gitpod.v1.RunnerConfigurationService/ListSCMIntegrations`,
          '--header',
          'Content-Type: application/json',
          '--header',
          'Authorization: Bearer the-key',
          '--data',
          '@-',
        ],
      },
    ]);
  });

  it('is one line for every 25 runners', () => {
    const ids = Array.from({ length: 26 }, () => randomUUID());
    const calls = powerShellCalls(curlRequest(API, ids, 'powerShell'));
    assert.deepEqual(
      calls.map(({ stdin }) => (JSON.parse(stdin) as { filter: { runnerIds: string[] } }).filter.runnerIds),
      [ids.slice(0, 25), ids.slice(25)],
    );
  });

  it('has no double quote in an argument, which the versions of PowerShell pass on differently', () => {
    const hostile = `https://ona.example/it's \u2018x\u2019$(id)\`id\`"\\ü/api`;
    const text = curlRequest(hostile, [randomUUID()], 'powerShell');
    assert.match(text, /^[ -~]+$/, 'ASCII');
    const [call] = powerShellCalls(text);
    const url = call?.args[0] ?? '';
    assert.ok(!url.includes('"') && !url.includes('\\'));
    assert.equal(
      decodeURIComponent(url),
      `${hostile}/gitpod.v1.RunnerConfigurationService/ListSCMIntegrations`,
      'the same address, percent-encoded',
    );
  });

  it('is what a Windows machine gets; a remote or WSL one runs Linux', () => {
    assert.deepEqual((['win32', 'linux', 'darwin'] as const).map(shellOf), ['powerShell', 'posix', 'posix']);
  });
});
