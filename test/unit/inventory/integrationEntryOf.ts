import assert from 'node:assert/strict';
import type { ScmIntegration } from '../../../src/api/scmIntegrations.ts';
import type { IntegrationEntry } from '../../../src/inventory/groups.ts';
import { groupByRunner } from './groupByRunner.ts';
import { integrationOf } from './fixtures.ts';

/** An integration of an unlisted runner. */
export function integrationEntryOf(fields: Partial<ScmIntegration>): IntegrationEntry {
  const [runner] = groupByRunner({ runners: [], integrations: [integrationOf(fields)] });
  const entry = runner?.integrations[0];
  assert.ok(entry);
  return entry;
}
