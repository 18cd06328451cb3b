import assert from 'node:assert/strict';
import { SignInIndex } from '../../../src/inventory/signInIndex.ts';
import { integrationOf, runnerOf } from './fixtures.ts';
import {
  HOUR,
  DAY,
  RUNNER,
  OTHER,
  ago,
  inFuture,
  signedIn,
  PAT_OF,
  INACTIVE,
  DEGRADED,
  entriesOf,
} from './statusCases.ts';
import { AS_OF, JANE, ROBOT, signInsOf, tokenOf, withStatuses } from './withStatuses.ts';

describe('a status', () => {
  it('has for every reason a source and, if the source has one, a time', () => {
    const heard = '2026-11-27T13:58:00Z';
    const { runner, integration } = entriesOf({
      runner: { phase: DEGRADED, message: 'disk pressure', statusUpdatedAt: heard },
      integration: { virtualDirectory: '/tfs' },
      tokens: [PAT_OF(inFuture(3 * DAY))],
    });
    assert.deepEqual(runner.status.reasons, [
      {
        code: 'degraded',
        status: 'attention',
        source: 'ListRunners',
        at: new Date(heard),
        message: 'disk pressure',
      },
    ]);
    assert.deepEqual(
      integration?.status.reasons.map(({ source, at }) => [source, at]),
      [
        ['ListSCMIntegrations', AS_OF],
        ['ListHostAuthenticationTokens', AS_OF],
      ],
    );
  });

  it('says how and when it was proved that an integration works', () => {
    const { integration } = entriesOf({ answers: { access: signedIn(ago(HOUR)) } });
    assert.deepEqual(integration?.status.proof, { source: 'CheckAuthenticationForHost', at: ago(HOUR) });
  });

  it('tells how many integrations have a host in common', () => {
    const { runner } = entriesOf({ others: [{ id: OTHER, host: 'GitHub.com' }, { id: RUNNER }] });
    const [reason] = runner.status.reasons;
    assert.ok(reason?.code === 'duplicateHost');
    assert.deepEqual([reason.count, reason.host.toLowerCase()], [3, 'github.com']);
  });

  it('tells whose token ends, also if it is that of a service account', () => {
    const [entry] = withStatuses(
      { runners: [runnerOf({ id: RUNNER })], integrations: [integrationOf({ runnerId: RUNNER })] },
      { signIns: signInsOf([tokenOf({ ...PAT_OF(inFuture(DAY)), subject: ROBOT })], ROBOT) },
    );
    const [reason] = entry?.integrations[0]?.status.reasons ?? [];
    assert.ok(reason?.code === 'tokenEnding');
    assert.deepEqual(reason.subject, ROBOT);
  });

  it('does not claim that there is no sign-in if some could not be read', () => {
    const data = { runners: [runnerOf({ id: RUNNER })], integrations: [integrationOf({ runnerId: RUNNER })] };
    const signInsWith = (isPartial?: true) => {
      const signIns = { subject: JANE, tokens: [], asOf: AS_OF, ...(isPartial && { isPartial }) };
      return withStatuses(data, { signIns: new SignInIndex(signIns) })[0]?.integrations[0]?.signIns;
    };
    assert.deepEqual(signInsWith(), []);
    assert.equal(signInsWith(true), undefined);
  });

  it('of a runner does not turn its integrations into problems of their own', () => {
    const [entry] = withStatuses({
      runners: [runnerOf({ id: RUNNER, phase: INACTIVE })],
      integrations: Array.from({ length: 40 }, (_, i) =>
        integrationOf({ id: `${i}`, runnerId: RUNNER, host: `git-${i}.example` }),
      ),
    });
    assert.deepEqual(entry?.problems, { broken: 0, attention: 0 });
    assert.deepEqual([entry.status.own, entry.worst], ['broken', 'broken']);
  });

  it('says of no runner that it has no integrations, if nobody here can see any', () => {
    const [entry] = withStatuses({ runners: [runnerOf({ id: RUNNER })], integrations: [] });
    assert.deepEqual(entry?.status.reasons, []);
  });
});
