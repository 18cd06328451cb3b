import assert from 'node:assert/strict';
import { DEFAULT_API_URL } from '../../../../src/account/apiUrl.ts';
import type { Runner } from '../../../../src/api/runners.ts';
import type { ItemEntry } from '../../../../src/inventory/groups.ts';
import { configurationProblems } from '../../../../src/inventory/configurationProblems.ts';
import { detailsModel } from '../../../../src/views/details/detailsModel.ts';
import { BARE_RUNNER, runnerOf } from '../../inventory/fixtures.ts';
import { groupByRunner } from '../../inventory/groupByRunner.ts';
import { integrationEntryOf } from '../../inventory/integrationEntryOf.ts';

/** What the rows of an item's details say, by key. */
function valuesOf(entry: ItemEntry): ReadonlyMap<string, readonly string[]> {
  const { sections } = detailsModel(entry, [], { asOf: undefined, pinned: false, apiUrl: DEFAULT_API_URL });
  const rows = sections.flatMap(({ rows: main, advanced }) => [...main, ...(advanced?.rows ?? [])]);
  return new Map(rows.map(({ key, values }) => [key, values.map(({ text }) => text)]));
}

function runnerEntry(fields: Partial<Runner>): ItemEntry {
  const [entry] = groupByRunner({ runners: [runnerOf({ id: 'r', ...fields })], integrations: [] });
  return entry ?? assert.fail();
}

describe('the details of an item with fields that could not be read', () => {
  const optional = ['statusUpdatedAt', 'updateWindow', 'createdAt', 'updatedAt'];
  for (const field of [...Object.keys(BARE_RUNNER), ...optional].filter((name) => name !== 'id')) {
    it(`say so of a runner's ${field}`, () => {
      const before = valuesOf(runnerEntry({}));
      const after = valuesOf(runnerEntry({ unread: [field] }));
      const changed = [...after].filter(([key, values]) => before.get(key)?.join() !== values.join());
      assert.ok(changed.length > 0, 'no row says it');
      for (const [key, values] of changed) {
        assert.deepEqual(values, ['could not be read'], key);
      }
    });
  }

  it('say what could be read of a list', () => {
    const values = valuesOf(
      runnerEntry({
        capabilities: ['RUNNER_CAPABILITY_PORTS'],
        additionalInfo: [{ key: 'Cluster', value: 'blue' }],
        unread: ['capabilities', 'additionalInfo'],
      }),
    );
    assert.deepEqual(values.get('capabilities'), ['ports', 'the rest could not be read']);
    assert.deepEqual(values.get('info-0'), ['blue']);
    assert.deepEqual(values.get('additional-info'), ['the rest could not be read']);
  });

  it('say so of an integration, instead of calling them missing', () => {
    const server = integrationEntryOf({
      scmId: 'azuredevops_server',
      unread: ['virtualDirectory'],
    });
    assert.deepEqual(valuesOf(server).get('virtual-directory'), ['could not be read']);
    assert.deepEqual([...configurationProblems(server)], []);
    const entra = integrationEntryOf({
      scmId: 'azuredevops_entra',
      oauth: { clientSecretSet: true, unread: ['clientId', 'issuerUrl'] },
      unread: ['oauth'],
    });
    assert.deepEqual(valuesOf(entra).get('client-id'), ['could not be read']);
    assert.deepEqual(valuesOf(entra).get('issuer-url'), ['could not be read']);
    assert.deepEqual([...configurationProblems(entra)], []);
  });
});
