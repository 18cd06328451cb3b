import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import { BreakingChanges } from '../../../src/inventory/breakingChanges.ts';
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
      const breaking = new BreakingChanges(() => 0);
      breaking.note([removed], [{ ...other, ...fields }]);
      assert.equal(breaking.dueAt !== undefined, canBreak);
    });
  }

  it('cannot break clones once another one was given its host, or its methods one after the other', () => {
    for (const last of [fieldChange('host', 'old.example', other.host), methodChange('pat', true)]) {
      const breaking = new BreakingChanges(() => 0);
      breaking.note([removed], []);
      breaking.note([integrationPresence('integrationAdded', { methods: [] })], [{ ...other, pat: false }]);
      assert.notEqual(breaking.dueAt, undefined);
      breaking.note([last], [other]);
      assert.equal(breaking.dueAt, undefined);
    }
  });
});
