import assert from 'node:assert/strict';
import type { Runner } from '../../../../src/api/runners.ts';
import type { DetailsStatusPart } from '../../../../src/views/details/protocol.ts';
import { AS_OF, ROBOT } from '../../inventory/withStatuses.ts';
import { rowsOf, RUNNER_ID, showDetails as show } from './shownDetails.ts';

const SETTINGS = { label: 'Runner Settings', url: `https://app.ona.com/settings/runners/${RUNNER_ID}` };
const CONNECT = { label: 'Connect…', command: 'onaScm.connect' };

const saying = ({ state, reasons }: DetailsStatusPart) => [
  `${state.style} ${state.icon ?? ''} ${state.text}`,
  ...reasons.map(({ text, source, wayOut = '' }) => `${text} | ${source} | ${wayOut}`),
];

/** As the panel shows it: only the time if it is of today. */
const AS_OF_TEXT = 'Nov 27, 2026, 14:02|14:02';

describe('the status in the details', () => {
  it('of an integration that nobody has tested is a calm line', () => {
    const { status } = show('integration', {});
    assert.deepEqual(status.own, {
      state: {
        text: 'Not checked: nothing is known against it, and it was not tested.',
        style: 'none',
      },
      reasons: [],
    });
    assert.equal(status.runner, undefined);
    assert.deepEqual(status.rows, []);
    assert.equal(status.announcement, 'Status: Not checked.');
  });

  it('is broken or needs attention for every reason, each with its source and its way out', () => {
    const broken = show('integration', { integrations: [{ pat: false, virtualDirectory: '/tfs' }] });
    const [first, ...others] = saying(broken.status.own);
    assert.equal(first, 'bad error Broken');
    assert.equal(others.length, 2);
    assert.match(
      others[0] ?? '',
      new RegExp(
        `^Nobody can sign in to github\\.com: no sign-in method is configured\\. \\| list of integrations, (?:${AS_OF_TEXT}) \\| Runner Settings$`,
      ),
    );
    assert.match(others[1] ?? '', /^A virtual directory is set, but GitHub does not use it\./);
    assert.equal(broken.status.announcement, 'Status: Broken.');

    const attention = show('integration', { integrations: [{ virtualDirectory: '/tfs' }] });
    assert.equal(saying(attention.status.own)[0], 'warning warning Needs attention');
  });

  it('knows what helps with a reason, which the page of the panel only names', () => {
    const { status, wayOuts, model } = show('integration', {
      integrations: [{ pat: true, virtualDirectory: '/tfs' }],
      tokens: [{ expiresAt: '2026-11-30T14:02:00Z' }],
    });
    const [directory, token] = status.own.reasons;
    assert.equal(directory?.wayOut, 'Runner Settings');
    assert.deepEqual(wayOuts.get(directory.key), SETTINGS);
    assert.equal(token?.wayOut, 'Connect…');
    assert.deepEqual(wayOuts.get(token.key), CONNECT);
    assert.doesNotMatch(JSON.stringify(model), /settings\/runners|onaScm\.connect/);
  });

  it('keeps the key of a reason, and so the focus of its button, if another one comes before it', () => {
    const tokens = [{ expiresAt: '2026-11-30T14:02:00Z' }];
    const [token] = show('integration', { tokens }).status.own.reasons;
    const more = show('integration', { integrations: [{ virtualDirectory: '/tfs' }], tokens });
    assert.equal(more.status.own.reasons[1]?.key, token?.key);
    const twice = ['github.com', 'gitlab.com'].flatMap((host) => [{ host }, { host }]);
    const keys = show('runner', { integrations: twice }).status.own.reasons.map(({ key }) => key);
    assert.deepEqual(keys, ['own-duplicateHost-0', 'own-duplicateHost-1']);
  });

  it('works only if a runner has confirmed it, with when that was', () => {
    const { status } = show('integration', {
      checks: { access: { lastAnswer: { result: { signedIn: true, wasSignedIn: false }, at: AS_OF } } },
    });
    const [state, proof] = saying(status.own);
    assert.equal(state, 'good check Works');
    assert.match(
      proof ?? '',
      new RegExp(
        `^eu-1 confirmed the sign-in to github\\.com\\. \\| asked eu-1 (?:at|on) (?:${AS_OF_TEXT}) \\| $`,
      ),
    );
  });

  it('of an integration stays its own on a runner that is offline, and the runner is named below', () => {
    const { status, wayOuts } = show('integration', {
      runner: { phase: 'RUNNER_PHASE_INACTIVE', message: 'no disk' },
    });
    assert.deepEqual(saying(status.own), [
      'none  Not checked: nothing is known against the integration itself, and it was not tested.',
    ]);
    assert.equal(status.runner?.heading, 'Runner eu-1');
    const [state, reason] = saying(status.runner);
    assert.equal(state, 'bad error Broken');
    assert.match(reason ?? '', /^eu-1 is offline: no disk\. \| runner eu-1, .*\| Runner Settings$/);
    const [{ key } = { key: '' }] = status.runner.reasons;
    assert.deepEqual(wayOuts.get(key), SETTINGS);
    assert.equal(status.announcement, 'Status: Not checked. Runner eu-1: Broken.');
  });

  it('of a runner has the reasons of the runner, and counts those of its integrations', () => {
    const integrations = [
      {},
      {},
      { host: 'a.example', pat: false },
      { host: 'b.example', virtualDirectory: '/x' },
    ];
    const { status, wayOuts } = show('runner', { integrations });
    assert.deepEqual(saying(status.own), [
      'warning warning Needs attention',
      `eu-1 has 2 integrations for github.com. One is enough. | ${status.own.reasons[0]?.source ?? ''} | Runner Settings`,
    ]);
    assert.equal(wayOuts.size, 1);
    assert.deepEqual(rowsOf(status), { Integrations: ['1 is broken and 1 needs attention'] });
  });

  it('has a hundred reasons at most, and how many more there are', () => {
    const integrations = Array.from({ length: 250 }, (_, i) => ({ host: `${i >> 1}.example` }));
    const { reasons } = show('runner', { integrations }).status.own;
    assert.equal(reasons.length, 101);
    assert.deepEqual(reasons.at(-1), { key: 'own-more', text: 'and 25 more', source: '' });
  });

  it('of a runner without reasons says so', () => {
    const stateOf = (runner: Partial<Runner>) => show('runner', { runner }).status.own.state.text;
    assert.equal(stateOf({}), 'Not checked: nothing is known against it, and it was not tested.');
    assert.equal(stateOf({ phase: 'RUNNER_PHASE_DELETING' }), 'Not checked: being deleted.');
    assert.equal(
      stateOf({ kind: 'RUNNER_KIND_LOCAL', phase: 'RUNNER_PHASE_INACTIVE' }),
      'Not checked: offline.',
    );
  });
});

describe('facts beside the status', () => {
  it('say which sign-ins are on record, with their scopes, without a verdict', () => {
    const source = 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH';
    const { status } = show('integration', { tokens: [{ source, scopes: ['repo', 'read:user'] }] });
    const { 'Sign-in': [signIn] = [], ...others } = rowsOf(status);
    assert.match(signIn ?? '', /a sign-in of yours is on record: OAuth\. It was not tested\.$/);
    assert.deepEqual(others, { Scopes: ['repo, read:user'] });
    assert.equal(status.own.state.style, 'none');
  });

  it('offer to connect where no sign-in is on record', () => {
    const { status, wayOuts } = show('integration', { tokens: [] });
    const { key, wayOut } = status.rows[0] ?? {};
    assert.deepEqual([wayOut, wayOuts.get(key ?? '')], ['Connect…', CONNECT]);
  });

  it('say that no sign-in is on record', () => {
    const { 'Sign-in': [signIn] = [] } = rowsOf(show('integration', { tokens: [] }).status);
    assert.match(signIn ?? '', /no sign-in of yours is on record\.$/);
  });

  it('name a service account, and how it signs in', () => {
    const { status } = show('integration', {
      tokens: [{ subject: ROBOT, expiresAt: '2026-11-29T14:02:00Z' }],
      subject: ROBOT,
    });
    const { 'Sign-in': signIn = [] } = rowsOf(status);
    assert.match(signIn[0] ?? '', /a sign-in of the service account 9b7d2f0e is on record/);
    assert.equal(signIn[1], 'Its sign-in is made with the API or Terraform (ona_git_authentication).');
    assert.equal(status.own.reasons[0]?.wayOut, undefined);
    assert.doesNotMatch(JSON.stringify(status), /\byour?\b/i);
  });

  it('say what looks wrong with an inherited integration, which is no reason', () => {
    const { status, model } = show('integration', {
      runner: { provider: 'RUNNER_PROVIDER_MANAGED' },
      integrations: [{ virtualDirectory: '/tfs' }],
    });
    assert.equal(status.own.state.style, 'none');
    const sentence = 'A virtual directory is set, but GitHub does not use it.';
    assert.deepEqual(rowsOf(status), {
      Configuration: [sentence, 'Ona manages this integration, so it cannot be changed here.'],
    });
    const directory = model.sections
      .flatMap(({ rows }) => rows)
      .find(({ key }) => key === 'virtual-directory');
    assert.deepEqual([directory?.hints, directory?.notes], [undefined, [sentence]]);
  });
});

describe('other integrations in the details', () => {
  it('have their status beside how people sign in, unless there is nothing to say', () => {
    const { model } = show('runner', {
      integrations: [
        { host: 'a.example' },
        { host: 'b.example', pat: false },
        { host: 'c.example', virtualDirectory: '/tfs' },
      ],
    });
    const { rows = [] } = model.sections.find(({ key }) => key === 'integrations') ?? {};
    assert.deepEqual(
      rows.map(({ label, values }) => [label, ...values.slice(1)]),
      [
        ['a.example', { text: 'personal access token', style: 'plain' }],
        ['b.example', { text: 'no sign-in method', style: 'bad', icon: 'error' }],
        [
          'c.example',
          { text: 'personal access token', style: 'plain' },
          { text: 'virtual directory not used', style: 'warning', icon: 'warning' },
        ],
      ],
    );
  });

  it('are never green because something is configured', () => {
    const { model } = show('integration', {
      integrations: [{ oauth: { clientSecretSet: true } }, { host: 'b.example' }],
    });
    assert.doesNotMatch(JSON.stringify(model), /"good"/);
  });
});
