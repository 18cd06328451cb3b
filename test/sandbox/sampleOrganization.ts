import { sampleIntegrations } from './sampleIntegrations.ts';
import { JANE_ID, ORGANIZATION_ID, sampleRunners } from './sampleRunners.ts';
import type { SandboxOrganization } from './sandbox.ts';

/** Acme: a runner of every kind, phase and provider, an integration of every kind. Each call returns its own copy. */
export function sampleOrganization(): SandboxOrganization {
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
  };
}
