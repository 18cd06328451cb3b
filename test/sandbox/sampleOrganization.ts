import { sampleAccess, sampleValidations } from './sampleAnswers.ts';
import { sampleIntegrations } from './sampleIntegrations.ts';
import { JANE_ID, ORGANIZATION_ID, sampleRunners } from './sampleRunners.ts';
import { sampleSchemas } from './sampleSchemas.ts';
import { sampleTokens } from './sampleTokens.ts';
import type { SandboxOrganization } from './sandbox.ts';

/** The same for each copy, so that unchanged copies are equal. */
const startedAt = Date.now();

/**
 * Acme: a runner of every kind, phase and provider, an integration and a sign-in of every kind. Each call returns its own
 * copy.
 *
 * @param now milliseconds since 1970, to which the ends of sign-ins are relative; by default, when this process started
 */
export function sampleOrganization(now: number = startedAt): SandboxOrganization {
  return {
    profile: {
      id: ORGANIZATION_ID,
      name: 'Acme',
      createdAt: '2025-02-03T09:12:45.120394Z',
      updatedAt: '2026-06-18T14:02:11Z',
      tier: 'ORGANIZATION_TIER_ENTERPRISE',
      inviteDomains: { domains: ['acme.example'] },
    },
    tier: 'enterprise',
    user: {
      id: JANE_ID,
      organizationId: ORGANIZATION_ID,
      name: 'Jane Doe',
      avatarUrl: 'https://acme.example/jane.png',
      createdAt: '2025-02-03T09:12:45Z',
      status: 'USER_STATUS_ACTIVE',
      email: 'jane@acme.example',
    },
    runners: sampleRunners(),
    integrations: sampleIntegrations(),
    tokens: sampleTokens(now),
    schemas: sampleSchemas(),
    access: sampleAccess(),
    validations: sampleValidations(),
  };
}
