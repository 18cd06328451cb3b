import { largeOrganization } from '../sandbox/largeOrganization.ts';
import type { SandboxOrganization } from '../sandbox/sandbox.ts';

/** What is checked at once. */
export const CHECKED = { runners: 40, integrations: 200 } as const;

/** Two of the five integrations of each runner are paths on the same host: one call tells about both. */
export function checkedOrganization(): SandboxOrganization {
  const { integrations, ...organization } = largeOrganization(CHECKED);
  return {
    ...organization,
    integrations: integrations.map((integration, index) => {
      const ofRunner = Math.floor(index / CHECKED.runners);
      return ofRunner < 3 ? integration : { ...integration, host: `dev.azure.com/acme-${ofRunner}` };
    }),
  };
}
