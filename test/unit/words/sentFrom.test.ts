import assert from 'node:assert/strict';
import { OnaApiError, type OnaApiProblem } from '../../../src/api/transport/errors.ts';
import { problemActions } from '../../../src/platform/problemActions.ts';
import { errorText } from '../../../src/words/errors.ts';
import { placeLabel } from '../../../src/words/placeLabel.ts';

const errorOf = (problem: OnaApiProblem, canRunLocally: boolean) =>
  new OnaApiError({
    problem,
    code: 'unavailable',
    method: 'ListRunners',
    host: 'ona.corp.example',
    httpStatus: 403,
    sentFrom: { label: 'SSH: build-7', canRunLocally },
  });

describe('a request sent from another machine', () => {
  const source = 'The request was sent from SSH: build-7.';
  const wayOut = 'To send requests from your own computer, see the setting remote.extensionKind.';

  it('is said to come from there if the network fails, with the way out', () => {
    assert.equal(
      errorText(errorOf('hostNotFound', true)),
      `The host ona.corp.example was not found. Check your network and onaScm.apiUrl. ${source} ${wayOut}`,
    );
    assert.equal(
      errorText(errorOf('intermediary', true)),
      'Something between SSH: build-7 and ona.corp.example refused the request (HTTP 403); the API did not answer. ' +
        `Check onaScm.apiUrl, your VPN, and your proxy, then retry. ${wayOut}`,
    );
  });

  for (const problem of [
    'hostNotFound',
    'connectionRefused',
    'connectionLost',
    'noConnection',
    'proxyAuthentication',
    'timeout',
    'certificate',
    'intermediary',
  ] as const) {
    it(`names the machine for ${problem}, and can be moved`, () => {
      assert.match(errorText(errorOf(problem, true)), /SSH: build-7.*remote\.extensionKind/);
      const labels = problemActions(errorOf(problem, true)).map(({ label }) => label);
      assert.ok(labels.includes('Run on My Computer…'), labels.join());
    });
  }

  it('cannot be moved if the editor runs in a browser', () => {
    assert.match(errorText(errorOf('hostNotFound', false)), / The request was sent from SSH: build-7\.$/);
    assert.doesNotMatch(errorText(errorOf('hostNotFound', false)), /extensionKind/);
    const labels = problemActions(errorOf('hostNotFound', false)).map(({ label }) => label);
    assert.deepEqual(labels, ['Open Settings', 'Retry', 'Show Log']);
  });

  it('does not matter if the API itself has answered', () => {
    for (const problem of ['keyRefused', 'noPermission', 'limit', 'unavailable', 'refused'] as const) {
      assert.doesNotMatch(errorText(errorOf(problem, true)), /build-7|extensionKind/);
    }
  });

  /** Of a host with a user, a port or capitals, as the SSH extension writes it. */
  const sshAuthority = (host: unknown) => `ssh-remote+${Buffer.from(JSON.stringify(host)).toString('hex')}`;
  const labels: [remoteName: string | undefined, authority: string | undefined, label: string][] = [
    ['ssh-remote', 'ssh-remote+build-7', 'SSH: build-7'],
    ['ssh-remote', 'ssh-remote+jane.doe_x-1.example', 'SSH: jane.doe_x-1.example'],
    ['ssh-remote', 'ssh-remote+Build-7', 'SSH: Build-7'],
    ['ssh-remote', 'ssh-remote+jane@build-7', 'SSH: build-7'],
    ['ssh-remote', 'ssh-remote+jane@build-7:2222', 'SSH: build-7'],
    ['ssh-remote', sshAuthority({ hostName: 'build-7' }), 'SSH: build-7'],
    ['ssh-remote', sshAuthority({ hostName: 'Build-7', user: 'jane', port: 2222 }), 'SSH: Build-7'],
    ['ssh-remote', sshAuthority({ hostName: 'jane@build-7' }), 'SSH: build-7'],
    ['ssh-remote', sshAuthority({ hostName: 'a b\u202e' }), 'SSH: machine'],
    ['ssh-remote', sshAuthority({ hostName: 7 }), 'SSH: machine'],
    ['ssh-remote', 'ssh-remote+deadbeefdeadbeef', 'SSH: machine'],
    ['ssh-remote', 'ssh-remote+2001:db8::7', 'SSH: machine'],
    ['ssh-remote', 'ssh-remote+a b', 'SSH: machine'],
    ['ssh-remote', undefined, 'SSH: machine'],
    ['wsl', 'wsl+Ubuntu-24.04', 'WSL: Ubuntu-24.04'],
    ['wsl', 'wsl+ubuntu', 'WSL: ubuntu'],
    ['dev-container', 'dev-container+7b2273657474696e67223a31327d', 'Dev Container: machine'],
    [
      'dev-container',
      'dev-container+7b2273657474696e67223a31327d@ssh-remote+build-7',
      'Dev Container: machine',
    ],
    [
      'attached-container',
      'attached-container+7b22636f6e7461696e65724e616d65223a222f61227d',
      'Container: machine',
    ],
    ['codespaces', 'codespaces+fluffy-parakeet-5g', 'GitHub Codespaces: fluffy-parakeet-5g'],
    ['tunnel', 'tunnel+build-7', 'Tunnel: build-7'],
    ['localhost:8000', 'localhost:8000', 'machine'],
    [undefined, undefined, 'machine'],
  ];
  for (const [remoteName, authority, label] of labels) {
    it(`is from ${label} for ${remoteName ?? 'no remote'}, ${authority ?? 'no folder'}`, () => {
      assert.equal(placeLabel(remoteName, authority, 'machine'), label);
    });
  }
});
