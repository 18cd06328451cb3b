import { integrationAt, runnerNamed, tokenAt } from './lookup.ts';
import type { SandboxOrganization } from './sandbox.ts';
import { SECRET_MARKER } from './secretMarker.ts';

/** A URL with the marker wherever people put credentials in one. */
const URL_WITH_CREDENTIALS = `https://jane:${SECRET_MARKER}@acme.example/x?token=${SECRET_MARKER}#sig=${SECRET_MARKER}`;

/**
 * Plants credentials in every text of the sample organization that can be a URL: of the runner `eu-production`, of its
 * integration for github.com, except for the host, in the host of the one for bitbucket.org, and of its schema; and of
 * Jane's sign-ins to `GitLab.com.` and, except for the host, to github.com on `gcp-analytics`.
 */
export function plantCredentials(organization: SandboxOrganization): void {
  const runner = runnerNamed(organization, 'eu-production');
  const github = integrationAt(organization, 'eu-production', 'github.com');
  const bitbucket = integrationAt(organization, 'eu-production', 'bitbucket.org');
  const prose = `Cannot reach ${URL_WITH_CREDENTIALS}`;
  const { spec, status } = runner;
  Object.assign(spec?.configuration?.metrics ?? {}, { url: URL_WITH_CREDENTIALS });
  Object.assign(status ?? {}, {
    message: prose,
    systemDetails: prose,
    additionalInfo: [{ key: 'proxy', value: URL_WITH_CREDENTIALS }],
  });
  Object.assign(status?.gatewayInfo?.gateway ?? {}, { url: URL_WITH_CREDENTIALS });
  Object.assign(github.oauth ?? {}, { issuerUrl: URL_WITH_CREDENTIALS });
  github.virtualDirectory = `/tfs?key=${SECRET_MARKER}`;
  bitbucket.host = `jane:${SECRET_MARKER}@bitbucket.org`;
  const token = tokenAt(organization, 'gcp-analytics', 'GitLab.com.');
  token.host = `jane:${SECRET_MARKER}@GitLab.com.`;
  tokenAt(organization, 'gcp-analytics', 'github.com').scopes = [URL_WITH_CREDENTIALS];
  for (const provider of organization.schemas?.[runner.runnerId ?? '']?.scm ?? []) {
    provider.defaultHosts = [`jane:${SECRET_MARKER}@${provider.scmId}.example`];
    Object.assign(provider.oauth ?? {}, { callbackUrl: URL_WITH_CREDENTIALS });
    Object.assign(provider.pat ?? {}, { description: prose, docsLink: URL_WITH_CREDENTIALS });
  }
}
