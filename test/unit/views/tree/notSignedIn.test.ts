import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import type { OrganizationFacts } from '../../../../src/inventory/statusFacts.ts';
import { rowOf } from '../../../../src/views/tree/rowText.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { AS_OF, signInsOf } from '../../inventory/withStatuses.ts';
import { nodesByRunner } from './sampleNodes.ts';

/** What the row of an integration says. */
function said(facts: Partial<OrganizationFacts>, integration: Partial<ScmIntegration> = {}): string {
  const [node] = nodesByRunner(
    { runners: [runnerOf({ id: 'eu' })], integrations: [integrationOf({ runnerId: 'eu', ...integration })] },
    facts,
  );
  assert.ok(node?.integrations[0]);
  return rowOf(node.integrations[0]).words.join(' · ');
}

/** What the runner said of everybody's access. */
const asked = (signedIn: boolean, hoursAgo = 2) => ({
  answersOf: () => ({
    access: { signedIn, wasSignedIn: false, at: new Date(AS_OF.getTime() - hoursAgo * 3_600_000) },
  }),
});

describe('"not signed in" at the end of a row', () => {
  const signIns = signInsOf([]);

  it('is there if the runner said so, even if it is not known what is on record', () => {
    assert.equal(said({}), 'GitHub · PAT');
    assert.equal(said(asked(false)), 'GitHub · PAT · not signed in');
    assert.equal(said({ signIns, ...asked(false) }), 'GitHub · PAT · not signed in');
  });

  it('is not there if the runner said the opposite', () => {
    assert.equal(said({ signIns }), 'GitHub · PAT · not signed in');
    assert.equal(
      said({ signIns, ...asked(true) }, { virtualDirectory: '/x' }),
      'virtual directory not used · GitHub · PAT',
    );
  });

  it('is not there any more if the runner said so a day ago', () => {
    assert.equal(said(asked(false, 24)), 'GitHub · PAT');
  });
});
