import { deterministicUuid } from './deterministicUuid.ts';
import type { SandboxOrganization } from './sandbox.ts';

/** An organization with neither runners nor integrations: both lists answer `{"pagination":{}}`. */
export function emptyOrganization(): SandboxOrganization {
  const id = deterministicUuid('organization/Empty');
  return {
    profile: { id, name: 'Empty', createdAt: '2026-07-01T08:00:00Z', tier: 'ORGANIZATION_TIER_FREE_ONA' },
    tier: 'free_ona',
    user: {
      id: deterministicUuid('user/Sam Newcomer'),
      organizationId: id,
      name: 'Sam Newcomer',
      email: 'sam@example.com',
      createdAt: '2026-07-01T08:00:00Z',
      status: 'USER_STATUS_ACTIVE',
    },
    runners: [],
    integrations: [],
  };
}
