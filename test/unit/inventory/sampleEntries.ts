import assert from 'node:assert/strict';
import * as v from 'valibot';
import { LIST_HOST_AUTHENTICATION_TOKENS } from '../../../src/api/hostAuthenticationTokens.ts';
import { LIST_RUNNERS } from '../../../src/api/runners.ts';
import { LIST_SCM_INTEGRATIONS } from '../../../src/api/scmIntegrations.ts';
import type { IntegrationEntry, RunnerEntry } from '../../../src/inventory/groups.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { SignInIndex } from '../../../src/inventory/signInIndex.ts';
import type { OrganizationFacts } from '../../../src/inventory/statusFacts.ts';
import { sampleOrganization } from '../../sandbox/sampleOrganization.ts';
import type { SandboxOrganization } from '../../sandbox/sandbox.ts';
import { withStatuses } from './withStatuses.ts';

type Lists = Pick<SandboxOrganization, 'runners' | 'integrations'>;

/** The runners of a sandbox organization, by default the sample, decoded, grouped, and with statuses. */
export function sampleEntries(
  lists: Lists = sampleOrganization(),
  facts?: Partial<OrganizationFacts>,
  now?: Date,
): readonly RunnerEntry[] {
  return withStatuses(sampleData(lists), facts, now);
}

/** The sign-ins on record for the user of a sandbox organization. */
export function sampleSignIns({ tokens = [], user }: SandboxOrganization): SignInIndex {
  const subject = { id: user.id, principal: 'PRINCIPAL_USER' };
  const { items } = v.parse(LIST_HOST_AUTHENTICATION_TOKENS.decoder, { tokens });
  return new SignInIndex({
    subject,
    tokens: items.filter((token) => token.subject.id === subject.id),
    asOf: new Date(),
  });
}

/** The lists of a sandbox organization, decoded. */
export function sampleData({ runners, integrations }: Lists): InventoryData {
  return {
    runners: v.parse(LIST_RUNNERS.decoder, { runners }).items,
    integrations: v.parse(LIST_SCM_INTEGRATIONS.decoder, { integrations }).items,
  };
}

/** A runner by its name. */
export function runnerEntry(entries: readonly RunnerEntry[], name: string): RunnerEntry {
  const found = entries.find(({ runner }) => runner?.name === name);
  assert.ok(found, `There is no runner ${name}`);
  return found;
}

/** An integration by the name of its runner and its host. */
export function integrationEntry(
  entries: readonly RunnerEntry[],
  name: string,
  host: string,
): IntegrationEntry {
  const found = runnerEntry(entries, name).integrations.find(({ ref }) => ref.host === host);
  assert.ok(found, `There is no integration ${host} on ${name}`);
  return found;
}
