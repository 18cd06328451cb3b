import type { HostAuthenticationToken } from '../../src/api/hostAuthenticationTokens.ts';
import type { Subject } from '../../src/api/identity.ts';
import type { ScmIntegration } from '../../src/api/scmIntegrations.ts';

const DAY = 86_400_000;

/** Sign-ins to the hosts of some integrations: half are OAuth, a tenth ends within a week, and a tenth has ended. */
export function tokensOf(
  integrations: readonly ScmIntegration[],
  count: number,
  now: Date,
): { readonly subject: Subject; readonly tokens: readonly HostAuthenticationToken[] } {
  const subject = { id: 'jane', principal: 'PRINCIPAL_USER' };
  const every = Math.max(1, Math.floor(integrations.length / count));
  const chosen = integrations.filter((_, i) => i % every === 0).slice(0, count);
  const tokens = chosen.map(({ runnerId, host }, i) => {
    const days = i % 20 === 0 ? -3 : i % 20 === 2 ? 3 : 60;
    return {
      id: `token-${i}`,
      runnerId,
      host,
      source: `HOST_AUTHENTICATION_TOKEN_SOURCE_${i % 2 === 0 ? 'PAT' : 'OAUTH'}`,
      expiresAt: new Date(now.getTime() + days * DAY).toISOString(),
      integrationId: '',
      scopes: ['repo', 'read:user'],
      subject,
    };
  });
  return { subject, tokens };
}
