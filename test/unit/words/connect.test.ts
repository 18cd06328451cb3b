import assert from 'node:assert/strict';
import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { Runner } from '../../../src/api/runners.ts';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import {
  connectOf,
  gaveUpSentence,
  otherPageText,
  scopesText,
  serviceAccountSentence,
  signedInSentence,
  stillNotSentence,
  tokenText,
  unaskedSentence,
} from '../../../src/words/connect.ts';
import { integrationOf, runnerOf } from '../inventory/fixtures.ts';
import { AS_OF, JANE, ROBOT, signInsOf, tokenOf, withStatuses } from '../inventory/withStatuses.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const [RUNNER] = withStatuses({
  runners: [runnerOf({ id: ID, name: 'eu-1' })],
  integrations: [integrationOf({ runnerId: ID, host: 'gitlab.example' })],
});
assert.ok(RUNNER);
const [ENTRY] = RUNNER.integrations;
assert.ok(ENTRY);

const error = new OnaApiError({
  problem: 'timeout',
  code: 'deadline_exceeded',
  method: 'CheckAuthenticationForHost',
  host: 'api.example',
  httpStatus: 0,
});
const TIMEOUT = { kind: 'timeout', error } as const;
const PAT = {
  createUrl: 'https://gitlab.example/tokens',
  example: 'glpat-xxxx',
  requiredScopes: ['api', 'read_user'],
};
const KNOWN = { kind: 'known', url: PAT.createUrl } as const;

interface Case {
  /** Null if the sign-ins on record are not known. */
  readonly tokens?: readonly Partial<HostAuthenticationToken>[] | null;
  readonly subject?: typeof JANE;
  readonly access?: { readonly signedIn: boolean; readonly wasSignedIn: boolean };
  readonly runner?: Partial<Runner>;
  readonly methods?: { readonly pat: boolean };
}

const LAST = 'Then enter the token on the Git Authentications page of the dashboard.';

describe('connecting', () => {
  it('is offered to people where no sign-in is on record, unless a reason offers it or the runner disagrees', () => {
    const isOffered = ({
      tokens = [],
      subject = JANE,
      access,
      runner = {},
      methods = { pat: true },
    }: Case) => {
      const signIns =
        tokens === null
          ? undefined
          : signInsOf(
              tokens.map((one) => tokenOf({ runnerId: ID, ...one })),
              subject,
            );
      const [entry] = withStatuses(
        {
          runners: [runnerOf({ id: ID, ...runner })],
          integrations: [integrationOf({ runnerId: ID, ...methods })],
        },
        { signIns, answersOf: () => (access ? { access: { at: AS_OF, onRecord: [], ...access } } : {}) },
      );
      assert.ok(entry?.integrations[0]);
      return connectOf(entry.integrations[0], entry, signIns?.subject)?.label;
    };
    assert.equal(isOffered({}), 'Connect…');
    assert.equal(isOffered({ access: { signedIn: false, wasSignedIn: false } }), 'Connect…');
    assert.equal(isOffered({ access: { signedIn: false, wasSignedIn: true } }), undefined);
    assert.equal(isOffered({ access: { signedIn: true, wasSignedIn: false } }), undefined);
    assert.equal(isOffered({ tokens: [{}] }), undefined);
    assert.equal(isOffered({ tokens: null }), undefined, 'nobody knows');
    const access = { signedIn: false, wasSignedIn: false };
    assert.equal(isOffered({ tokens: null, access }), 'Connect…', 'the runner says so');
    const methods = { pat: false };
    assert.equal(isOffered({ tokens: null, access, methods }), undefined, 'nobody can sign in');
    assert.equal(isOffered({ subject: ROBOT }), undefined);
    assert.equal(isOffered({ runner: { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' } }), undefined);
  });
});

describe('what is said while somebody connects', () => {
  it('is whether it worked', () => {
    assert.equal(signedInSentence(ENTRY, RUNNER), 'You are signed in to gitlab.example on eu-1.');
    assert.equal(
      gaveUpSentence(undefined, ENTRY, RUNNER),
      'eu-1 does not say yet that you are signed in to gitlab.example. It will be asked once more when you return to this window.',
    );
    assert.equal(
      gaveUpSentence(TIMEOUT, ENTRY, RUNNER),
      'eu-1 did not answer in time. Retry, or raise onaScm.requestTimeout. eu-1 will be asked once more when you return to this window.',
    );
    assert.equal(
      stillNotSentence(undefined, ENTRY, RUNNER),
      'eu-1 still says that you are not signed in to gitlab.example.',
    );
  });

  it('is why a runner is not asked', () => {
    assert.equal(
      unaskedSentence({ kind: 'notActive' }, ENTRY, RUNNER),
      'eu-1 is not active, so it could not be asked. You can sign in on the dashboard, but you will not see here whether it worked.',
    );
    assert.match(
      unaskedSentence(undefined, ENTRY, RUNNER),
      /^No runner can be asked about gitlab\.example here\. You can/,
    );
    const [offline] = withStatuses({
      runners: [runnerOf({ id: ID, name: 'lab', phase: 'RUNNER_PHASE_INACTIVE' })],
      integrations: [integrationOf({ runnerId: ID })],
    });
    assert.ok(offline);
    assert.match(
      unaskedSentence(undefined, ENTRY, offline),
      /^lab is offline, so it cannot be asked\. You can/,
    );
  });

  it('is where a service account signs in', () => {
    const sentence = serviceAccountSentence(ROBOT);
    assert.match(
      sentence,
      /^This API key belongs to the service account 9b7d2f0e, which signs in through the API/,
    );
    assert.doesNotMatch(sentence, /\byou/i);
  });

  it('is what a token needs', () => {
    assert.equal(
      tokenText(PAT, KNOWN, ENTRY, RUNNER),
      ['Scopes: api, read_user', 'Example: glpat-xxxx', '', LAST].join('\n'),
    );
    assert.equal(
      tokenText({ ...PAT, example: '', requiredScopes: [] }, { kind: 'none' }, ENTRY, RUNNER),
      [
        'eu-1 does not say which scopes the token needs.',
        '',
        'eu-1 does not say where to create the token. Create it on gitlab.example.',
        LAST,
      ].join('\n'),
    );
    assert.match(
      tokenText(PAT, { kind: 'refused', text: 'http://gitlab.example/' }, ENTRY, RUNNER),
      /\nThe address from eu-1 is not opened, because it is not https: http:\/\/gitlab\.example\/\n/,
    );
  });

  it('keeps the texts of a runner in their line, and short', () => {
    const hostile = { ...PAT, example: 'a\n\u202eb', requiredScopes: ['x\ny', 'z'.repeat(999), 'last'] };
    const lines = tokenText(hostile, KNOWN, ENTRY, RUNNER).split('\n');
    assert.equal(lines.length, 4);
    assert.match(lines[0] ?? '', /^Scopes: x y, z{200}…, last$/);
    assert.equal(lines[1], 'Example: a b');
  });

  it('reveals a host that looks like another one: its page is opened without a question', () => {
    const [runner] = withStatuses({
      runners: [runnerOf({ id: ID, name: 'eu-1' })],
      // A Cyrillic a.
      integrations: [integrationOf({ runnerId: ID, host: 'gitl\u0430b.com' })],
    });
    assert.ok(runner?.integrations[0]);
    assert.match(
      tokenText(PAT, KNOWN, runner.integrations[0], runner),
      /^ASCII form: xn--gitlb-7ve\.com\nScopes: /,
    );
  });

  it('is all the scopes to copy, even if there are more than are shown', () => {
    const requiredScopes = ['', ...Array.from({ length: 99 }, (_, i) => `read:scope-${i}`), ' \n'];
    const pat = { ...PAT, requiredScopes };
    assert.equal(scopesText(pat), requiredScopes.slice(1, -1).join(', '));
    assert.match(tokenText(pat, KNOWN, ENTRY, RUNNER), /^Scopes: read:scope-0, .{1,500}…\n/);
    assert.equal(scopesText({ ...PAT, requiredScopes: [''] }), '');
  });

  it('is the whole address of a page on another host', () => {
    const url = `https://evil.example/${'x'.repeat(999)}`;
    const text = otherPageText(url, ENTRY, RUNNER);
    assert.ok(
      text.startsWith(
        `${url}\n\neu-1 links to this page. It is neither on the dashboard nor on gitlab.example`,
      ),
    );
  });
});
