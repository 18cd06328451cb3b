import assert from 'node:assert/strict';
import { summaryOf } from '../../../src/commands/summaryOf.ts';
import { runnerEntry, sampleEntries } from '../inventory/sampleEntries.ts';

describe('the counts of a summary', () => {
  const runners = sampleEntries();
  const eu = { runner: runnerEntry(runners, 'eu-production') };
  const us = { runner: runnerEntry(runners, 'us-staging') };

  it('are those of integrations, not of calls', () => {
    const { good, bad, attention, failed, skipped, unasked } = summaryOf(
      {
        answered: [
          { call: eu, answer: true },
          { call: us, answer: false },
        ],
        failed: [{ call: us, failure: { kind: 'noResult' } }],
        skipped: [us, eu, us],
        unasked: [eu],
        stoppedBy: undefined,
      },
      {
        kind: 'access',
        leftOut: [],
        hasChanged: false,
        countOf: (call) => (call === eu ? 1 : 2),
        verdictOn: (isSignedIn) => (isSignedIn ? 'good' : 'bad'),
      },
    );
    assert.deepEqual([good, bad, attention, unasked], [1, 2, 0, 1]);
    assert.deepEqual(failed, [{ failure: { kind: 'noResult' }, count: 2 }]);
    assert.deepEqual(skipped, [
      { runner: us.runner, count: 4 },
      { runner: eu.runner, count: 1 },
    ]);
  });
});
