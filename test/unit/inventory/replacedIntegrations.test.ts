import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { LossTracker } from '../../../src/inventory/lossTracker.ts';
import { changedRunner, fieldChange, integrationPresence, methodChange } from './changeSamples.ts';
import { integrationOf } from './fixtures.ts';

const removed = integrationPresence('integrationRemoved', {
  runner: changedRunner('us-staging'),
  host: 'gitlab.acme.example',
  methods: ['pat'],
});
const other = integrationOf({
  id: 'j',
  runnerId: 'us-staging',
  scmId: 'gitlab',
  host: 'GitLab.acme.example.',
  pat: true,
});

describe('an integration that was removed', () => {
  const cases: [string, boolean, Partial<ScmIntegration>][] = [
    ['if there is another one for the host, which was added before', false, {}],
    ['if the other one lacks a sign-in method', true, { pat: false }],
    ['if the other one is on another runner', true, { runnerId: 'r2' }],
    ['if the other one is for another host', true, { host: 'gitlab.example' }],
  ];
  for (const [title, canBreak, fields] of cases) {
    it(`can ${canBreak ? '' : 'not '}break clones ${title}`, () => {
      const losses = new LossTracker(() => 0);
      losses.note([removed], [{ ...other, ...fields }]);
      assert.equal(losses.dueAt !== undefined, canBreak);
    });
  }

  it('cannot break clones once another one was given its host, or its methods one after the other', () => {
    for (const last of [fieldChange('host', 'old.example', other.host), methodChange('pat', true)]) {
      const losses = new LossTracker(() => 0);
      losses.note([removed], []);
      losses.note([integrationPresence('integrationAdded', { methods: [] })], [{ ...other, pat: false }]);
      assert.notEqual(losses.dueAt, undefined);
      losses.note([last], [other]);
      assert.equal(losses.dueAt, undefined);
    }
  });
});
