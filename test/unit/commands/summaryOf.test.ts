import assert from 'node:assert/strict';
import { checkTargets } from '../../../src/checks/checkTargets.ts';
import fc from 'fast-check';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import { accessPlan } from '../../../src/checks/accessPlan.ts';
import type { CallOutcome } from '../../../src/checks/callRunner.ts';
import { runChecks } from '../../../src/checks/runChecks.ts';
import { summaryOf } from '../../../src/commands/summaryOf.ts';
import { integrationJson, liveRunner, organizationOf } from '../checks/checkWorld.ts';
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

  it('include every integration once, however the run ends', async () => {
    const error = (code: OnaApiError['code']) =>
      new OnaApiError({ problem: 'refused', code, method: 'M', host: 'h' });
    const ends: readonly CallOutcome<boolean>[] = [
      { kind: 'answer', answer: true },
      { kind: 'answer', answer: false },
      { kind: 'failure', failure: { kind: 'timeout', error: error('deadline_exceeded') } },
      { kind: 'failure', failure: { kind: 'notActive' } },
      { kind: 'keyRefused', error: error('unauthenticated') },
    ];
    const phases = ['ACTIVE', 'DEGRADED', 'INACTIVE'] as const;
    const hosts = [
      'github.com',
      'GitHub.com',
      'dev.azure.com/a',
      'dev.azure.com/b',
      '',
      'not a host',
      'x.example',
    ];
    const run = fc.record({
      runners: fc.array(fc.constantFrom(...phases), { minLength: 1, maxLength: 4 }),
      rows: fc.array(fc.tuple(fc.nat(4), fc.constantFrom(...hosts), fc.boolean()), { maxLength: 30 }),
      // Most runs are not stopped at once.
      ends: fc.infiniteStream(fc.constantFrom(...ends, ...ends.slice(0, 4), ...ends.slice(0, 3))),
      canceledAfter: fc.option(fc.nat(20)),
      endedAfter: fc.option(fc.nat(20)),
    });
    await fc.assert(
      fc.asyncProperty(run, async ({ runners: made, rows, ends: stream, canceledAfter, endedAfter }) => {
        const entries = sampleEntries(
          organizationOf(
            made.map((phase, i) => liveRunner(`${i}`, { status: { phase: `RUNNER_PHASE_${phase}` } })),
            rows.map(([runner, host]) => integrationJson(`${runner}`, host)),
          ),
        );
        const targets = checkTargets(entries, undefined);
        const running = new Set(targets.filter((_, i) => rows[i]?.[2] === true).map(({ entry }) => entry));
        const {
          calls,
          notLive,
          badHost,
          running: asked,
        } = accessPlan(targets, (entry) => running.has(entry));
        const [cancel, end] = [new AbortController(), new AbortController()];
        const outcome = await runChecks(calls, () => Promise.resolve(stream.next().value), {
          signal: cancel.signal,
          ended: end.signal,
          onProgress: (done) => {
            assert.ok(done <= calls.length);
            if (done === canceledAfter) {
              cancel.abort();
            }
            if (done === endedAfter) {
              end.abort();
            }
          },
        });
        const leftOut = [...notLive, ...badHost, ...asked].map((target) => ({
          reason: 'notActive' as const,
          target,
        }));
        const summary = summaryOf(outcome, {
          kind: 'access',
          leftOut,
          hasChanged: false,
          countOf: (call) => call.entries.length,
          verdictOn: (isSignedIn) => (isSignedIn ? 'good' : 'bad'),
        });
        const { good, bad, attention, failed, skipped, unasked } = summary;
        const sum = (counts: readonly { count: number }[]) =>
          counts.reduce((all, { count }) => all + count, 0);
        const all = good + bad + attention + sum(failed) + sum(skipped) + unasked + leftOut.length;
        assert.equal(all, targets.length);
      }),
    );
  });
});
