import type { HostAuthenticationToken } from '../../../src/api/hostAuthenticationTokens.ts';
import type { RunnerEntry } from '../../../src/inventory/groups.ts';
import type { InventoryData } from '../../../src/inventory/model.ts';
import { SignInIndex } from '../../../src/inventory/signInIndex.ts';
import type { OrganizationFacts } from '../../../src/inventory/statusFacts.ts';
import { statusSteps } from '../../../src/inventory/statusSteps.ts';
import { atOnce } from '../base/atOnce.ts';
import { groupByRunner } from './groupByRunner.ts';

/** When the lists were read, in the tests. */
export const AS_OF = new Date('2026-11-27T14:02:00Z');

export const JANE = { id: '5a3c1f0e-0000-4000-8000-000000000001', principal: 'PRINCIPAL_USER' };

export const ROBOT = { id: '9b7d2f0e-0000-4000-8000-000000000002', principal: 'PRINCIPAL_SERVICE_ACCOUNT' };

/** A sign-in of Jane to github.com by personal access token that does not end, as decoded. */
export function tokenOf(fields: Partial<HostAuthenticationToken>): HostAuthenticationToken {
  return {
    id: '',
    runnerId: '',
    host: 'github.com',
    source: 'HOST_AUTHENTICATION_TOKEN_SOURCE_PAT',
    integrationId: '',
    scopes: [],
    subject: JANE,
    ...fields,
  };
}

/** The sign-ins on record, as they are read beside the lists. */
export function signInsOf(tokens: readonly HostAuthenticationToken[], subject = JANE): SignInIndex {
  return new SignInIndex({ subject, tokens, asOf: AS_OF });
}

/** What is known of an organization: by default its lists alone. */
export function factsOf(
  data: Pick<InventoryData, 'integrations'>,
  facts: Partial<OrganizationFacts> = {},
): OrganizationFacts {
  return {
    asOf: AS_OF,
    hasIntegrations: data.integrations.length > 0,
    signIns: undefined,
    schemaOf: () => undefined,
    isKnownInherited: () => false,
    answersOf: () => ({}),
    ...facts,
  };
}

/** Groups rows, and derives their statuses. */
export function withStatuses(
  data: InventoryData,
  facts: Partial<OrganizationFacts> = {},
  now = AS_OF,
): readonly RunnerEntry[] {
  const of = groupByRunner(data);
  return atOnce(statusSteps(of, factsOf(data, facts), now, { of: [], runners: [] }));
}
