import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { changeSteps } from '../../../src/inventory/changeSteps.ts';
import { integrationRef, refKey, runnerRef } from '../../../src/inventory/itemRef.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { atOnce } from '../base/atOnce.ts';
import {
  AT,
  BASE,
  compare,
  eu,
  github,
  gitlab,
  integration,
  oauth,
  runner,
  said,
  SINCE,
  us,
  withoutOAuth,
} from './comparedLoads.ts';

describe('the changes between two loads', () => {
  const only = { runners: [eu, us], integrations: [gitlab] };
  const cases: [string, InventoryData, InventoryData, string[]][] = [
    ['an integration was added', only, BASE, ['r1/github.com integrationAdded oauth+pat']],
    ['an integration was removed', BASE, only, ['r1/github.com integrationRemoved oauth+pat']],
    [
      'a sign-in method was turned off',
      BASE,
      integration({ pat: false }),
      ['r1/github.com methodChanged pat off'],
    ],
    [
      'OAuth was turned off, and with it its client and issuer',
      BASE,
      { ...BASE, integrations: [withoutOAuth, gitlab] },
      ['r1/github.com methodChanged oauth off'],
    ],
    [
      'OAuth was turned on',
      BASE,
      integration({ oauth }, gitlab),
      ['r1/gitlab.example methodChanged oauth on'],
    ],
    [
      'the host has changed',
      BASE,
      integration({ host: 'github.acme.example' }),
      ['r1/github.acme.example fieldChanged host github.com → github.acme.example'],
    ],
    [
      'the client has changed',
      BASE,
      integration({ oauth: { ...oauth, clientId: 'other' } }),
      ['r1/github.com fieldChanged clientId client → other'],
    ],
    [
      'the issuer is gone',
      BASE,
      integration({ oauth: { clientId: 'client', clientSecretSet: true } }),
      ['r1/github.com fieldChanged issuerUrl https://id.example → '],
    ],
    [
      'there is a virtual directory',
      BASE,
      integration({ virtualDirectory: '/tfs' }),
      ['r1/github.com fieldChanged virtualDirectory  → /tfs'],
    ],
    [
      'several values of an integration have changed',
      BASE,
      integration({ pat: false, host: 'a.example', virtualDirectory: '/tfs' }),
      [
        'r1/a.example methodChanged pat off',
        'r1/a.example fieldChanged host github.com → a.example',
        'r1/a.example fieldChanged virtualDirectory  → /tfs',
      ],
    ],
    [
      'a runner was added, with its integrations',
      { runners: [us], integrations: [] },
      BASE,
      ['r1 runnerAdded RUNNER_PHASE_ACTIVE 2'],
    ],
    [
      'a runner was removed, with its integrations',
      { ...BASE, integrations: [...BASE.integrations, { ...gitlab, runnerId: 'r2' }] },
      { runners: [us], integrations: [{ ...gitlab, runnerId: 'r2' }] },
      ['r1 runnerRemoved RUNNER_PHASE_ACTIVE 2'],
    ],
    [
      'a runner was removed from the list only',
      BASE,
      { ...BASE, runners: [us] },
      ['r1 runnerRemoved RUNNER_PHASE_ACTIVE 0'],
    ],
    [
      'a runner went offline, and its version has changed',
      BASE,
      runner({ phase: 'RUNNER_PHASE_INACTIVE', version: '20260812' }),
      ['r1 phaseChanged ACTIVE → INACTIVE', 'r1 versionChanged 20260801 → 20260812'],
    ],
    [
      'a provider was replaced',
      BASE,
      integration({ scmId: 'gitlab' }),
      ['r1/github.com integrationRemoved oauth+pat', 'r1/github.com integrationAdded oauth+pat'],
    ],
    [
      'an integration was replaced by one with another id',
      BASE,
      integration({ id: 'i3' }),
      ['r1/github.com integrationRemoved oauth+pat', 'r1/github.com integrationAdded oauth+pat'],
    ],
  ];
  for (const [title, before, after, expected] of cases) {
    it(`say that ${title}`, () => assert.deepEqual(said(before, after), expected));
  }

  it('have what it takes to say them later: item, runner, values and times', () => {
    assert.deepEqual(compare(BASE, integration({ pat: false })), [
      {
        kind: 'methodChanged',
        method: 'pat',
        isOn: false,
        key: refKey(integrationRef(github)),
        runner: { id: 'r1', name: 'eu', role: 'ordinary', kind: 'RUNNER_KIND_REMOTE' },
        integration: { id: 'i1', scmId: 'github', host: 'github.com' },
        since: SINCE,
        at: AT,
      },
    ]);
    const [removed] = compare(BASE, { ...BASE, runners: [us] });
    assert.deepEqual([removed?.key, removed?.runner.name], [refKey(runnerRef('r1')), 'eu']);
  });

  it('have the key by which the item can be opened now', () => {
    const after = integration({ host: 'github.acme.example' });
    const [change] = compare(BASE, after);
    assert.equal(change?.key, refKey(integrationRef({ ...github, host: 'github.acme.example' })));
  });

  it('name no runner that is not in the list', () => {
    const data = { runners: [], integrations: [github] };
    const [change] = compare(data, { ...data, integrations: [{ ...github, pat: false }] });
    assert.deepEqual(change?.runner, { id: 'r1', name: '', role: 'unknown', kind: '' });
  });

  it('were seen when a part was read again, though the rest is older', () => {
    const at = new Date(AT.getTime() + 90_000);
    const after = { data: integration({ pat: false }), asOf: AT };
    const [change] = atOnce(changeSteps({ data: BASE, asOf: AT }, after, { at }));
    assert.deepEqual([change?.since, change?.at], [AT, at]);
  });

  it('cannot have happened after they were seen, even if a clock was wrong', () => {
    const [change] = atOnce(
      changeSteps({ data: BASE, asOf: AT }, { data: integration({ pat: false }), asOf: SINCE }),
    );
    assert.deepEqual([change?.since, change?.at], [SINCE, SINCE]);
  });

  describe('with another key', () => {
    it('are that an item is visible now or no longer is', () => {
      const options = { isOtherKey: true };
      assert.deepEqual(said(only, { runners: [eu], integrations: [github, gitlab] }, options), [
        'r2 runnerRemoved RUNNER_PHASE_ACTIVE 0 ?',
        'r1/github.com integrationAdded oauth+pat ?',
      ]);
    });

    it('are the same as ever for an item that both see', () => {
      assert.deepEqual(said(BASE, integration({ pat: false }), { isOtherKey: true }), [
        'r1/github.com methodChanged pat off',
      ]);
    });
  });

  it('are that items are no longer visible if all of several went at once', () => {
    assert.deepEqual(said(BASE, { ...BASE, integrations: [] }), [
      'r1/github.com integrationRemoved oauth+pat ?',
      'r1/gitlab.example integrationRemoved pat ?',
    ]);
    assert.deepEqual(said(only, { ...BASE, integrations: [] }), ['r1/gitlab.example integrationRemoved pat']);
  });

  it('do not look into any of 10,000 items that are the same objects, and pause', () => {
    const sealed = new Proxy({}, { get: () => assert.fail('looked into an unchanged item') });
    const same = Array.from({ length: 10_000 }, () => Object.create(sealed) as ScmIntegration);
    const before = { runners: [eu], integrations: [...same, github] };
    const after = { runners: [eu], integrations: [gitlab, ...same] };
    const steps = changeSteps({ data: before, asOf: SINCE }, { data: after, asOf: AT });
    let pauses = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      pauses++;
    }
    assert.deepEqual(
      step.value.map(({ kind }) => kind),
      ['integrationRemoved', 'integrationAdded'],
    );
    assert.ok(pauses > 10, `${pauses} pauses`);
  });
});
