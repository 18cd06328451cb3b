import type { ScmIntegration } from '../api/scmIntegrations.ts';
import { plainLine } from '../base/plainLine.ts';
import { providerOf } from '../inventory/providers.ts';

/**
 * What can go wrong once an integration is imported as `ona_scm_integration`, as lines of comments. In English in every
 * language, because they go into a repository.
 *
 * The rules are those of `gitpod-io/ona` 0.3 (`populateSCMIntegrationModel`, `validateSCMIntegrationModel`). It supports
 * one `auth_mode` per integration.
 */
export function terraformNotes({
  scmId,
  oauth,
  pat,
  virtualDirectory = '',
  unread = [],
}: ScmIntegration): readonly string[] {
  const mode = pat ? 'pat' : oauth === undefined ? undefined : 'oauth';
  const { clientId = '', issuerUrl = '' } = oauth ?? {};
  const isEntra = scmId === 'azuredevops_entra';
  const isServer = scmId === 'azuredevops_server';
  const missing = [
    ...(oauth?.unread ?? []).map((name) => `oauth.${name}`),
    ...unread.filter((name) => name !== 'oauth'),
  ];
  const isRead = (name: string) => !missing.includes(name);
  const notes: string[] = [];
  const noteIf = (condition: boolean, ...lines: string[]) => condition && notes.push(...lines);

  noteIf(
    mode === 'pat' && oauth !== undefined,
    'CAUTION: this integration has OAuth and personal access tokens, but the provider supports only one auth_mode per',
    'integration and imports it as "pat". The next apply turns OAuth off and deletes the tokens of the users who',
    'signed in with it. With auth_mode = "oauth", it deletes their personal access tokens instead.',
  );
  noteIf(
    mode === undefined,
    'This integration has no sign-in method, but the provider requires an auth_mode: the next apply adds that method.',
  );
  noteIf(
    mode === 'oauth' && clientId === '' && isRead('oauth.clientId'),
    'This integration has OAuth without a client ID. The provider rejects that: set oauth_client_id.',
  );
  noteIf(
    isEntra && mode === 'oauth' && issuerUrl === '' && isRead('oauth.issuerUrl'),
    'This integration has no issuer URL. The provider rejects azuredevops_entra with OAuth unless issuer_url is set.',
  );
  noteIf(
    isServer && mode === 'oauth',
    'This integration has OAuth only. The provider rejects that: azuredevops_server requires auth_mode = "pat", and then',
    'the next apply turns OAuth off and deletes the tokens of the users who signed in with it.',
  );
  noteIf(
    isServer && virtualDirectory === '' && isRead('virtualDirectory'),
    'This integration has no virtual directory. The provider rejects azuredevops_server unless virtual_directory is set.',
  );
  noteIf(
    !isEntra && issuerUrl !== '',
    'This integration has an issuer URL. The provider rejects issuer_url for all kinds except azuredevops_entra.',
  );
  noteIf(
    !isServer && virtualDirectory !== '',
    'This integration has a virtual directory. The provider rejects virtual_directory for all kinds except',
    'azuredevops_server; without it, the next apply removes the directory.',
  );
  noteIf(
    providerOf(scmId).abilities === undefined,
    `The kind "${plainLine(scmId)}" is not among those that the provider documents (github, gitlab, bitbucket,`,
    'azuredevops_entra, azuredevops_server): it may not support this integration.',
  );
  noteIf(
    missing.length > 0,
    `Not everything about this integration could be read (${missing.join(', ')}): check that.`,
  );
  return notes;
}
