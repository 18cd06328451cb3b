import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mock } from 'node:test';
import * as l10n from '@vscode/l10n';
import { OnaApiError } from '../../../../src/api/transport/errors.ts';
import type { AccessState, CheckFailure, ValidationState } from '../../../../src/checks/checkState.ts';
import type { FieldError } from '../../../../src/inventory/reasons.ts';
import { timeText } from '../../../../src/words/numbersAndDates.ts';
import { AS_OF, ROBOT } from '../../inventory/withStatuses.ts';
import { rowsOf, showDetails, type World } from './shownDetails.ts';

/** Answers of today and yesterday: of the latter, more than the time is shown. */
const NOW = AS_OF;
const YESTERDAY = new Date(NOW.getTime() - 25 * 3_600_000);

const AT = timeText(NOW, { hour: '2-digit', minute: '2-digit' });
const DAY = timeText(YESTERDAY, { dateStyle: 'medium', timeStyle: 'short' });

interface Said {
  readonly at?: Date;
  readonly changedSince?: Date;
  readonly failure?: CheckFailure;
}

const laterFailure = (error: CheckFailure | undefined) => error && { lastFailure: { error, at: NOW } };

function signedIn(isSignedIn: boolean, { at = NOW, changedSince, failure }: Said = {}): AccessState {
  const result = { signedIn: isSignedIn, wasSignedIn: false };
  return { lastAnswer: { result, at, ...(changedSince && { changedSince }) }, ...laterFailure(failure) };
}

function valid(errors: readonly FieldError[] | true, { at = NOW, failure }: Said = {}): ValidationState {
  const result = { valid: errors === true, errors: errors === true ? [] : errors };
  return { lastAnswer: { result, at }, ...laterFailure(failure) };
}

/** The state, the reasons, and the rows by label. */
function seen(checks: World['checks'] = {}, world: World = {}): Record<string, string | string[]> {
  const { status } = showDetails('integration', { now: NOW, ...world, checks });
  return {
    state: status.own.state.text,
    reasons: status.own.reasons.map(({ text }) => text),
    ...rowsOf(status),
  };
}

const UNPROVED = 'Not checked: nothing is known against it, but nothing proves that it works either.';

const error = new OnaApiError({
  problem: 'limit',
  code: 'resource_exhausted',
  method: 'CheckAuthenticationForHost',
  host: 'api.acme.example',
});

describe('what a runner was asked, in the details', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: NOW }));
  afterEach(() => {
    mock.timers.reset();
    l10n.config({ contents: {} });
  });

  it('is what it answered, with source and time, if that is no reason', () => {
    assert.deepEqual(seen({ access: signedIn(false) }), {
      state: UNPROVED,
      reasons: [],
      Access: ['eu-1 says that you are not signed in to github.com.', `asked eu-1 at ${AT}`],
    });
    assert.deepEqual(seen({ validation: valid(true) }), {
      state: UNPROVED,
      reasons: [],
      Validation: ['eu-1 found the configuration valid.', `asked eu-1 at ${AT}`],
    });
  });

  it('is not said again if a proof or a reason says it', () => {
    assert.deepEqual(seen({ access: signedIn(true) }), {
      state: 'Works',
      reasons: ['eu-1 confirmed the sign-in to github.com.'],
    });
    assert.deepEqual(seen({ validation: valid([{ field: 'host', text: 'no such host' }]) }), {
      state: 'Broken',
      reasons: ['eu-1 found the configuration invalid: Host: no such host.'],
    });
    const errors = [
      { field: 'scmId', text: 'unknown provider.' },
      { field: 'host', text: 'no such host.' },
    ] as const;
    assert.deepEqual(seen({ validation: valid(errors) })['reasons'], [
      'eu-1 found the configuration invalid: Provider: unknown provider; Host: no such host.',
    ]);
    const { Access, reasons } = seen({ access: signedIn(false) }, { tokens: [{}] });
    assert.equal(Access, undefined);
    assert.deepEqual(reasons, ['You were signed in to github.com, but eu-1 now says that you are not.']);
  });

  it('is said beside other reasons: then no proof says it', () => {
    const integrations = [{ virtualDirectory: '/tfs' }];
    assert.deepEqual(seen({ access: signedIn(true) }, { integrations }), {
      state: 'Needs attention',
      reasons: ['A virtual directory is set, but GitHub does not use it.'],
      Access: ['eu-1 says that you are signed in to github.com.', `asked eu-1 at ${AT}`],
    });
  });

  it('is a dated fact in the past after a day', () => {
    assert.deepEqual(seen({ access: signedIn(true, { at: YESTERDAY }) }), {
      state: UNPROVED,
      reasons: [],
      Access: ['eu-1 said that you were signed in to github.com.', `asked eu-1 on ${DAY}`],
    });
    const errors = [{ field: 'pat', text: 'not supported' }] as const;
    assert.deepEqual(seen({ validation: valid(errors, { at: YESTERDAY }) }), {
      state: UNPROVED,
      reasons: [],
      Validation: [
        'eu-1 found the configuration invalid: Personal access token: not supported.',
        `asked eu-1 on ${DAY}`,
      ],
    });
  });

  it('may be about an earlier configuration, which is said even beside a proof', () => {
    const change = `The integration has changed since ${AT}. A change may take up to 10 minutes to reach the runner.`;
    assert.deepEqual(seen({ access: signedIn(true, { changedSince: NOW }) })['Access'], [change]);
    assert.deepEqual(seen({ access: signedIn(false, { changedSince: NOW }) })['Access'], [
      'eu-1 says that you are not signed in to github.com.',
      `asked eu-1 at ${AT}`,
      change,
    ]);
  });

  it('includes a later failure, which hides no answer, looks like no fault, and changes no status', () => {
    const { status } = showDetails('integration', {
      now: NOW,
      checks: {
        access: signedIn(false, { failure: { kind: 'notActive' } }),
        validation: valid(true, { failure: { kind: 'failed', error } }),
      },
    });
    const { Access = [], Validation = [] } = rowsOf(status);
    assert.deepEqual(Access.slice(2), [
      `Could not be checked at ${AT}: eu-1 is not active, so it could not be asked.`,
    ]);
    assert.match(Validation[2] ?? '', new RegExp(`^Could not be validated at ${AT}: api\\.acme\\.example `));
    const styles = status.rows.flatMap(({ values }) => values.map(({ style }) => style));
    assert.deepEqual(new Set(styles), new Set(['plain', 'none']));
    assert.equal(status.own.state.text, UNPROVED);
  });

  it('says that it was not tested if the runner only failed to answer', () => {
    const { state, Access } = seen({ access: { lastFailure: { error: { kind: 'unsupported' }, at: NOW } } });
    assert.equal(state, 'Not checked: nothing is known against it, and it was not tested.');
    assert.deepEqual(Access, [
      `Could not be checked at ${AT}: eu-1 cannot say who is signed in: its version is too old.`,
    ]);
  });

  it('dates a failure of another day', () => {
    const lastFailure = { error: { kind: 'noPermission' }, at: YESTERDAY } as const;
    const { Access, Validation } = seen({ access: { lastFailure }, validation: { lastFailure } });
    assert.match(
      Access?.[0] ?? '',
      new RegExp(`^Could not be checked on ${DAY}: This API key is not allowed`),
    );
    assert.match(
      Validation?.[0] ?? '',
      new RegExp(`^Could not be validated on ${DAY}: This API key is not allowed`),
    );
  });

  it('names a service account, never "you"', () => {
    const { status, model } = showDetails('integration', {
      now: NOW,
      subject: ROBOT,
      checks: { access: signedIn(false) },
    });
    assert.equal(
      rowsOf(status)['Access']?.[0],
      'eu-1 says that the service account 9b7d2f0e is not signed in to github.com.',
    );
    assert.deepEqual(
      model.actions.filter(({ place }) => place === 'status').map(({ label }) => label),
      ['Check Access', 'Validate'],
    );
    assert.doesNotMatch(JSON.stringify(model), /\b(?:you|your|my)\b/i);
  });

  it('names a service account that was signed in too, even if its sign-ins cannot be listed', () => {
    const result = { signedIn: false, wasSignedIn: true };
    const { status, wayOuts } = showDetails('integration', {
      now: NOW,
      subject: ROBOT,
      checks: { access: { lastAnswer: { result, at: NOW } } },
    });
    const [reason] = status.own.reasons;
    assert.deepEqual(
      [reason?.text, reason?.wayOut, wayOuts.get(reason?.key ?? '')],
      [
        'the service account 9b7d2f0e was signed in to github.com, but eu-1 now says that it is not.',
        undefined,
        undefined,
      ],
    );
  });

  it('is German and Japanese', () => {
    const checks = {
      access: signedIn(false, { at: YESTERDAY, failure: { kind: 'timeout', error } }),
    };
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.de.json', 'utf8') });
    const de = seen(checks)['Zugriff'] ?? [];
    assert.equal(de[0], 'Laut eu-1 waren Sie nicht bei github.com angemeldet.');
    assert.match(de[1] ?? '', /^eu-1 abgefragt, \d+\.\d\d\.\d{4}, /);
    assert.match(
      de[2] ?? '',
      /^Konnte um \d\d:\d\d nicht geprüft werden: eu-1 hat nicht rechtzeitig geantwortet\. /,
    );
    l10n.config({ contents: readFileSync('l10n/bundle.l10n.ja.json', 'utf8') });
    const ja = seen(checks)['アクセス'] ?? [];
    assert.equal(ja[0], 'eu-1 によると、github.com にサインインしていませんでした。');
    assert.match(ja[2] ?? '', /^\d\d:\d\d に確認できませんでした: eu-1 が時間内に応答しませんでした。/);
  });
});

describe('the errors that a runner found in fields', () => {
  beforeEach(() => mock.timers.enable({ apis: ['Date'], now: NOW }));
  afterEach(() => mock.timers.reset());

  const hintsOf = (errors: readonly FieldError[], integration = {}) => {
    const { model } = showDetails('integration', {
      now: NOW,
      integrations: [integration],
      checks: { validation: valid(errors) },
    });
    const rows = model.sections.flatMap((section) => section.rows);
    return Object.fromEntries(
      rows.filter(({ hints = [] }) => hints.length > 0).map(({ label, hints }) => [label, hints]),
    );
  };

  it('are shown at each field, with who found them and when', () => {
    assert.deepEqual(
      hintsOf([
        { field: 'scmId', text: 'unknown provider' },
        { field: 'host', text: 'no such\nhost' },
        { field: 'oauth', text: 'bad client' },
        { field: 'pat', text: 'not supported' },
      ]),
      {
        Host: [`According to eu-1 (asked ${AT}): no such host`],
        Provider: [`According to eu-1 (asked ${AT}): unknown provider`],
        'Sign-in methods': [`According to eu-1 (asked ${AT}): not supported`],
        'OAuth client ID': [`According to eu-1 (asked ${AT}): bad client`],
      },
    );
  });

  it('are shown at OAuth if that is all, beside other hints', () => {
    assert.deepEqual(hintsOf([{ field: 'oauth', text: 'bad client' }]), {
      'OAuth client ID': [`According to eu-1 (asked ${AT}): bad client`],
    });
    assert.deepEqual(hintsOf([{ field: 'pat', text: 'needed' }], { pat: false })['Sign-in methods'], [
      'Nobody can sign in to github.com: no sign-in method is configured.',
      `According to eu-1 (asked ${AT}): needed`,
    ]);
  });
});
