import assert from 'node:assert/strict';
import { checkTargets } from '../../../src/checks/checkTargets.ts';
import { accessPlan } from '../../../src/checks/accessPlan.ts';
import { sampleEntries } from '../inventory/sampleEntries.ts';
import { integrationJson, liveRunner, organizationOf } from './checkWorld.ts';

/** The plan for all integrations, as names and hosts. */
function planOf(...[runners, integrations]: Parameters<typeof organizationOf>) {
  const entries = sampleEntries(organizationOf(runners, integrations));
  const { calls, notLive, badHost } = accessPlan(checkTargets(entries, undefined));
  const hostOf = ({ entry }: { entry: { integration: { host: string } } }) => entry.integration.host;
  return {
    calls: calls.map(({ runner, host, entries: of }) => [runner.runner?.name, host, of.length]),
    notLive: notLive.map(hostOf).sort(),
    badHost: badHost.map(hostOf).sort(),
  };
}

describe('a check of access', () => {
  it('is one call for each runner and host, whatever the path and the spelling', () => {
    const plan = planOf(
      [liveRunner('a'), liveRunner('b')],
      [
        integrationJson('a', 'dev.azure.com/acme'),
        integrationJson('a', 'dev.azure.com/umbrella'),
        integrationJson('a', 'GitHub.com.'),
        integrationJson('a', 'https://github.com/'),
        integrationJson('a', 'github.com', { scmId: 'gitlab' }),
        integrationJson('a', 'github.com', { scmId: 'gitlab', virtualDirectory: '/tfs' }),
        integrationJson('a', 'github.com:8443'),
        integrationJson('b', 'github.com'),
      ],
    );
    assert.deepEqual(plan.calls.toSorted(), [
      ['a', 'dev.azure.com', 2],
      ['a', 'github.com', 4],
      ['a', 'github.com:8443', 1],
      ['b', 'github.com', 1],
    ]);
    assert.deepEqual([plan.notLive, plan.badHost], [[], []]);
  });

  it('asks live runners only', () => {
    const { calls, notLive } = planOf(
      [
        liveRunner('active'),
        liveRunner('degraded', { status: { phase: 'RUNNER_PHASE_DEGRADED' } }),
        liveRunner('inactive', { status: { phase: 'RUNNER_PHASE_INACTIVE' } }),
        liveRunner('created', { status: { phase: 'RUNNER_PHASE_CREATED' } }),
        liveRunner('unspecified', { status: {} }),
        liveRunner('later', { status: { phase: 99 as never } }),
        // The shared configuration of all local runners.
        liveRunner('local', { kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' }),
        // Managed by a vendor: the API accepts only UUIDs.
        liveRunner('static', { runnerId: 'static-runner-1' }),
      ],
      [
        ...['active', 'degraded', 'inactive', 'created', 'unspecified', 'later', 'local', 'not listed'].map(
          (name) => integrationJson(name, `${name.replace(' ', '-')}.example`),
        ),
        integrationJson('static', 'static.example', { runnerId: 'static-runner-1' }),
      ],
    );
    assert.deepEqual(calls, [
      ['active', 'active.example', 1],
      ['degraded', 'degraded.example', 1],
    ]);
    assert.deepEqual(notLive, [
      'created.example',
      'inactive.example',
      'later.example',
      'local.example',
      'not-listed.example',
      'static.example',
      'unspecified.example',
    ]);
  });

  it('leaves out what is not a host', () => {
    const { calls, badHost } = planOf(
      [liveRunner('a')],
      [
        integrationJson('a', 'github.com'),
        integrationJson('a', ''),
        integrationJson('a', 'not a host'),
        integrationJson('a', 'jane@github.com'),
      ],
    );
    assert.deepEqual(calls, [['a', 'github.com', 1]]);
    assert.deepEqual(badHost, ['', 'jane@github.com', 'not a host']);
  });

  it('takes turns among runners, so that one that does not answer holds up as few others as possible', () => {
    const { calls } = planOf(
      [liveRunner('a'), liveRunner('b'), liveRunner('c')],
      [
        ...['1.example', '2.example', '3.example'].map((host) => integrationJson('a', host)),
        integrationJson('b', '1.example'),
        ...['1.example', '2.example'].map((host) => integrationJson('c', host)),
      ],
    );
    const runners = calls.map(([runner]) => runner);
    assert.deepEqual(runners.slice(0, 3).sort(), ['a', 'b', 'c']);
    assert.deepEqual(runners.slice(3, 5).sort(), ['a', 'c']);
    assert.deepEqual(runners.slice(5), ['a']);
  });

  it('is no call at all where there is nothing to ask', () => {
    assert.deepEqual(planOf([], []), { calls: [], notLive: [], badHost: [] });
  });
});
