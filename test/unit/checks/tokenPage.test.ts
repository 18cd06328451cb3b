import assert from 'node:assert/strict';
import { tokenPage } from '../../../src/checks/tokenPage.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { withStatuses } from '../inventory/withStatuses.ts';

const RUNNER = '11111111-1111-4111-8111-111111111111';

function entryWith(host: string, issuerUrl?: string) {
  const [runner] = withStatuses({
    runners: [runnerOf({ id: RUNNER })],
    integrations: [
      integrationOf({
        runnerId: RUNNER,
        host,
        oauth: { clientSecretSet: false, ...(issuerUrl !== undefined && { issuerUrl }) },
      }),
    ],
  });
  assert.ok(runner?.integrations[0]);
  return runner.integrations[0];
}

const judge = (
  createUrl: string,
  host = 'gitlab.com',
  issuerUrl?: string,
  apiUrl = 'https://app.gitpod.io/api',
) => tokenPage(createUrl, entryWith(host, issuerUrl), apiUrl);

describe('the page where a token is created', () => {
  const KNOWN: readonly (readonly [string, string?, (string | undefined)?, string?])[] = [
    ['https://gitlab.com/-/user_settings/personal_access_tokens'],
    ['https://GitLab.com/'],
    ['https://gitlab.com./x'],
    ['https://gitlab.com:443/x'],
    ['https://gitlab.com/x', 'https://GITLAB.com/'],
    ['https://dev.azure.com/other/_usersettings/tokens', 'dev.azure.com/acme'],
    ['https://git.example:8443/x', 'git.example:8443'],
    ['https://git.müller.example/x', 'git.xn--mller-kva.example'],
    ['https://git.xn--mller-kva.example/x', 'git.müller.example'],
    ['https://login.microsoftonline.com/x', 'dev.azure.com', 'https://login.microsoftonline.com/acme/v2.0'],
    ['https://app.ona.com/settings/git-authentications'],
    ['https://ona.corp.example/x', 'gitlab.com', undefined, 'https://ona.corp.example/api'],
  ];
  for (const [url, ...rest] of KNOWN) {
    it(`is opened without confirmation: ${[url, ...rest].join(' ')}`, () => {
      assert.deepEqual(judge(url, ...rest), { kind: 'known', url: new URL(url).href });
    });
  }

  it('is known without the user before its host, who is dropped', () => {
    assert.deepEqual(judge('https://evil:x@gitlab.com/x'), { kind: 'known', url: 'https://gitlab.com/x' });
  });

  const OTHER: readonly (readonly [string, string, string?, string?])[] = [
    ['https://gitlab.com@evil.example/x', 'https://evil.example/x'],
    ['https://gitlab.com:8443/x', 'https://gitlab.com:8443/x'],
    ['https://git.example/x', 'https://git.example/x', 'git.example:8443'],
    ['https://tokens.gitlab.com/x', 'https://tokens.gitlab.com/x'],
    ['https://gitlab.com.evil.example/x', 'https://gitlab.com.evil.example/x'],
    ['https://com/x', 'https://com/x'],
    // A Cyrillic a, and a backslash that is read as a slash.
    ['https://gitlаb.com/x', 'https://xn--gitlb-7ve.com/x'],
    ['https:evil.example\\@gitlab.com', 'https://evil.example/@gitlab.com'],
    ['https://app.gitpod.io/x', 'https://app.gitpod.io/x'],
    ['https://login.microsoftonline.com/x', 'https://login.microsoftonline.com/x', 'dev.azure.com', 'no url'],
    ['https://x/', 'https://x/', ''],
  ];
  for (const [url, shown, ...rest] of OTHER) {
    it(`is shown in full before it is opened: ${[url, ...rest].join(' ')}`, () => {
      assert.deepEqual(judge(url, ...rest), { kind: 'other', url: shown });
    });
  }

  const REFUSED = [
    'http://gitlab.com/x',
    'javascript:alert(1)//https://gitlab.com',
    'command:workbench.action.quit',
    'vscode://evil.example/x',
    'file:///etc/passwd',
    'blob:https://gitlab.com/x',
    '//gitlab.com/x',
    'gitlab.com/x',
    'https://',
  ];
  for (const text of REFUSED) {
    it(`is not opened at all: ${text}`, () => {
      assert.deepEqual(judge(text), { kind: 'refused', text });
    });
  }

  it('is read in the same way, even after thousands of calls', () => {
    const entry = entryWith('git.xn--mller-kva.example');
    const read = () => tokenPage('https://git.müller.example/x', entry, 'https://app.gitpod.io/api').kind;
    assert.deepEqual([...new Set(Array.from({ length: 8000 }, read))], ['known']);
  });

  it('is none if the runner names none', () => {
    assert.deepEqual([judge(''), judge(' ')], [{ kind: 'none' }, { kind: 'none' }]);
  });
});
