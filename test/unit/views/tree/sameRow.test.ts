import assert from 'node:assert/strict';
import type { OrganizationFacts } from '../../../../src/inventory/statusFacts.ts';
import { rowOf } from '../../../../src/views/tree/rowText.ts';
import { sameRow } from '../../../../src/views/tree/sameRow.ts';
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
    assert.deepEqual(redrawn(at(2), at(1)), ['a.example']);
  });

  it('not because a list was read again', () => {
    assert.deepEqual(redrawn({ asOf: AS_OF }, { asOf: new Date(AS_OF.getTime() + 300_000) }), []);
  });
});
