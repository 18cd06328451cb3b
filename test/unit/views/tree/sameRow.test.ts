import assert from 'node:assert/strict';
import type { RunnerSchema } from '../../../../src/api/runnerSchema.ts';
import type { ScmIntegration } from '../../../../src/api/scmIntegrations.ts';
import { Filter } from '../../../../src/inventory/filter.ts';
import type { OrganizationFacts } from '../../../../src/inventory/statusFacts.ts';
import { rowOf } from '../../../../src/views/tree/rowText.ts';
import { sameRow } from '../../../../src/views/tree/sameRow.ts';
import { layoutSteps } from '../../../../src/views/tree/treeLayout.ts';
import { FILTER_WORDS } from '../../../../src/words/filter.ts';
import { atOnce } from '../../base/atOnce.ts';
import { integrationOf, runnerOf } from '../../inventory/fixtures.ts';
import { AS_OF, signInsOf, tokenOf } from '../../inventory/withStatuses.ts';
import { nodesByRunner } from './sampleNodes.ts';

describe('a row is drawn again', () => {
  const EU = runnerOf({ id: 'eu', name: 'eu' });
  // Unchanged rows keep their objects, as after a load.
  const OWN = [
    integrationOf({ id: '1', runnerId: 'eu', host: 'a.example' }),
    integrationOf({ id: '2', runnerId: 'eu', host: 'b.example', pat: false }),
  ];
  const rowsWith = (facts: Partial<OrganizationFacts>, runner = EU) => {
    const [node] = nodesByRunner({ runners: [runner], integrations: OWN }, facts);
    assert.ok(node);
    return [node, ...node.integrations];
  };
  /** The rows that are drawn again after a change of the facts. */
  const redrawn = (before: Partial<OrganizationFacts>, after: Partial<OrganizationFacts>, runner = EU) => {
    const rows = rowsWith(after, runner);
    return rowsWith(before)
      .filter((row, i) => !sameRow(row, rows[i] ?? row))
      .map((row) => rowOf(row).label);
  };
  const a = (known: boolean) => ({
    answersOf: ({ hostKey }: { readonly hostKey: string }) =>
      known && hostKey === 'a.example' ? { access: { signedIn: true, wasSignedIn: false, at: AS_OF } } : {},
  });
  const at = (hours: number) => ({
    answersOf: () => ({
      access: { signedIn: true, wasSignedIn: false, at: new Date(AS_OF.getTime() - hours * 3_600_000) },
    }),
  });

  it('if it says something else', () => {
    assert.deepEqual(redrawn(a(false), a(true)), ['a.example']);
    assert.deepEqual(redrawn({}, { signIns: signInsOf([]) }), ['a.example', 'b.example']);
    const ending = tokenOf({ runnerId: 'eu', host: 'a.example', expiresAt: '2026-11-29T12:00:00Z' });
    assert.deepEqual(
      redrawn(
        { signIns: signInsOf([{ ...ending, expiresAt: '2027-11-29T12:00:00Z' }]) },
        { signIns: signInsOf([ending]) },
      ),
      ['eu', 'a.example'],
    );
    assert.deepEqual(redrawn({}, {}, { ...EU, phase: 'RUNNER_PHASE_INACTIVE' }), [
      'eu',
      'a.example',
      'b.example',
    ]);
  });

  it('if a runner was asked again, because the tooltip says when', () => {
    assert.deepEqual(redrawn(at(2), at(1)), ['a.example', 'b.example']);
  });

  it('if its tooltip says something else: which sign-ins are on record, or how its runner is', () => {
    const signIn = tokenOf({ runnerId: 'eu', host: 'a.example' });
    const oauth = { ...signIn, source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_OAUTH' };
    assert.deepEqual(redrawn({ signIns: signInsOf([signIn]) }, { signIns: signInsOf([oauth]) }), [
      'a.example',
    ]);
    assert.deepEqual(redrawn({ signIns: signInsOf([signIn]) }, { signIns: signInsOf([signIn]) }), []);
    const degraded = { ...EU, phase: 'RUNNER_PHASE_DEGRADED' };
    assert.deepEqual(redrawn({}, {}, degraded), ['eu', 'a.example', 'b.example']);
  });

  it('if a runner says late what would be wrong with an inherited integration', () => {
    const runner = runnerOf({ id: 'eu', name: 'eu', provider: 'RUNNER_PROVIDER_MANAGED' });
    const own = integrationOf({ id: 'x', runnerId: 'eu', oauth: { clientSecretSet: true } });
    const rowWith = (facts: Partial<OrganizationFacts>) => {
      const [row] = nodesByRunner({ runners: [runner], integrations: [own] }, facts)[0]?.integrations ?? [];
      assert.ok(row);
      return row;
    };
    const github = {
      scmId: 'github',
      name: 'GitHub',
      defaultHosts: [],
      pat: { description: '', docsUrl: '' },
    };
    const schema: RunnerSchema = { version: '1', providers: [github] };
    const late = rowWith({ schemaOf: () => schema });
    assert.equal(rowOf(late).words[0], 'OAuth not supported');
    assert.ok(!sameRow(rowWith({}), late));
  });

  it('if it is called otherwise', () => {
    const lab = runnerOf({ id: 'lab', name: 'lab', phase: 'RUNNER_PHASE_INACTIVE' });
    const last = (integrations: readonly ScmIntegration[]) => {
      const nodes = nodesByRunner({ runners: [lab], integrations });
      const filter = Filter.parse('status:broken', FILTER_WORDS);
      return atOnce(layoutSteps(nodes, { grouping: 'host', filter })).roots.at(-1) ?? assert.fail();
    };
    const [some, none] = [last([integrationOf({ id: '1', runnerId: 'lab' })]), last([])];
    assert.deepEqual(
      [some, none].map((row) => rowOf(row).label),
      ['Runners', 'Without integrations'],
    );
    assert.ok(!sameRow(some, none));
  });

  it('not because a list was read again', () => {
    assert.deepEqual(redrawn({ asOf: AS_OF }, { asOf: new Date(AS_OF.getTime() + 300_000) }), []);
  });
});
