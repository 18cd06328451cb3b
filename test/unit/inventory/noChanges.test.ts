import assert from 'node:assert/strict';
import type { Runner } from '../../../src/api/runners.ts';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { OnaApiError } from '../../../src/api/transport/errors.ts';
import type { InventoryData, LeftOutItem } from '../../../src/inventory/model.ts';
import { AT, BASE, eu, github, gitlab, integration, oauth, runner, said, us } from './comparedLoads.ts';
import { integrationOf, runnerOf } from './fixtures.ts';

const only = { runners: [eu, us], integrations: [gitlab] };
const leftOut = (
  runners: Partial<LeftOutItem>[],
  integrations: Partial<LeftOutItem>[],
): Pick<InventoryData, 'leftOut'> => {
  const items = (of: Partial<LeftOutItem>[]) => of.map((one) => ({ fault: 'x', key: 'x', ...one }));
  return { leftOut: { runners: items(runners), integrations: items(integrations), asOf: AT } };
};

describe('the changes between two loads', () => {
  const now = new Date().toISOString();
  const nothing: [string, InventoryData, InventoryData?][] = [
    ['an equal copy', { runners: [{ ...eu }, { ...us }], integrations: [{ ...github }, { ...gitlab }] }],
    ['another order', { runners: [us, eu], integrations: [gitlab, github] }],
    [
      'a message, times or settings of a runner',
      runner({ message: 'disk', updatedAt: now, autoUpdate: true }),
    ],
    ['when a runner was last heard from', runner({ statusUpdatedAt: now })],
    ['another name of a runner', runner({ name: 'europe' })],
    ['a version that a runner has not reported yet', runner({ version: '' })],
    ['a version that a runner reports for the first time', BASE, runner({ version: '' })],
    [
      'a phase and a version that could not be read',
      runner({ phase: 'RUNNER_PHASE_UNSPECIFIED', version: '', unread: ['phase', 'version'] }),
    ],
    [
      'a phase that can be read again',
      BASE,
      runner({ phase: 'RUNNER_PHASE_UNSPECIFIED', unread: ['phase'] }),
    ],
    [
      'a directory that could not be read',
      integration({ unread: ['virtualDirectory'] }),
      integration({ virtualDirectory: '/tfs' }),
    ],
    [
      'a client that could not be read',
      integration({
        oauth: { issuerUrl: 'https://id.example', clientSecretSet: true, unread: ['clientId'] },
      }),
    ],
    ['that an integration could not be read', { ...only, ...leftOut([], [{ id: 'i1', runnerId: 'r1' }]) }],
    ['that an integration can be read again', BASE, { ...only, ...leftOut([], [{}]) }],
    ['that a runner could not be read', { ...BASE, runners: [us], ...leftOut([{}], []) }],
    ['that a runner can be read again', BASE, { ...BASE, runners: [us], ...leftOut([{}], []) }],
    [
      'integrations that could not be loaded',
      {
        ...only,
        runnerErrors: new Map([
          ['r1', new OnaApiError({ problem: 'timeout', code: 'unknown', method: 'x', host: 'x' })],
        ]),
      },
    ],
    [
      'integrations of a runner that was not read to the end',
      { ...only, completeRunnerIds: new Set(['r2']) },
    ],
    [
      'integrations of a runner that had not been read to the end',
      BASE,
      { ...only, completeRunnerIds: new Set(['r2']) },
    ],
    ['runners that had not all arrived', BASE, { ...BASE, runners: [us], isRunnerListPartial: true }],
  ];
  for (const [title, after, before = BASE] of nothing) {
    it(`do not include ${title}`, () => assert.deepEqual(said(before, after), []));
  }

  it('do not include the phase of the shared local configuration, which has none', () => {
    const shared = runnerOf({ id: 'r1', kind: 'RUNNER_KIND_LOCAL_CONFIGURATION' });
    const after = { ...BASE, runners: [{ ...shared, phase: 'RUNNER_PHASE_INACTIVE' }, us] };
    assert.deepEqual(said({ ...BASE, runners: [shared, us] }, after), []);
  });

  describe('if items', () => {
    const nameless = integrationOf({ runnerId: 'r1', host: 'a.example' });
    const data = (...integrations: ScmIntegration[]): InventoryData => ({ runners: [eu], integrations });

    it('have no id, are those of the same provider and host', () => {
      assert.deepEqual(said(data(nameless), data({ ...nameless, pat: false })), [
        'r1/a.example methodChanged pat off',
      ]);
      assert.deepEqual(said(data(nameless), data({ ...nameless, host: 'b.example' })), [
        'r1/a.example integrationRemoved pat',
        'r1/b.example integrationAdded pat',
      ]);
    });

    it('cannot be told apart, are that some came and others went', () => {
      const [one, two] = [nameless, { ...nameless, virtualDirectory: '/a' }];
      const after = [
        { ...one, pat: false },
        { ...two, oauth },
      ];
      assert.deepEqual(said(data(one, two), data(...after)), [
        'r1/a.example integrationRemoved pat',
        'r1/a.example integrationRemoved pat',
        'r1/a.example integrationAdded ',
        'r1/a.example integrationAdded oauth+pat',
      ]);
      assert.deepEqual(said(data(one, two), data({ ...two }, { ...one })), []);
    });

    it('have the same id on several runners, as inherited ones have, are those of each runner', () => {
      const [a, b] = [
        integrationOf({ id: 'github', runnerId: 'r1' }),
        integrationOf({ id: 'github', runnerId: 'r2' }),
      ];
      assert.deepEqual(said(data(a, b), data(a, { ...b, host: 'b.example' })), [
        'r2/b.example fieldChanged host github.com → b.example',
      ]);
    });

    it('have the same id on one runner, are never that the host of one has changed', () => {
      const [a, b] = [
        integrationOf({ id: 'x', runnerId: 'r1', host: 'a' }),
        integrationOf({ id: 'x', runnerId: 'r1', host: 'b' }),
      ];
      const after = data({ ...a, host: 'c' }, { ...b, host: 'd' });
      assert.deepEqual(said(data(a, b), after), [
        'r1/a integrationRemoved pat',
        'r1/b integrationRemoved pat',
        'r1/c integrationAdded pat',
        'r1/d integrationAdded pat',
      ]);
    });

    it('are runners without an id, are none', () => {
      const bare = runnerOf({ name: 'x' });
      const of = (...runners: Runner[]): InventoryData => ({ runners, integrations: [] });
      assert.deepEqual(said(of(bare), of({ ...bare, phase: 'RUNNER_PHASE_INACTIVE' }, { ...bare })), []);
    });
  });
});
