/** What is known of a source-control provider. Names are brands and stay untranslated. */
export interface Provider {
  readonly name: string;
  /** A codicon, or an icon of our own font (`contributes.icons`). */
  readonly icon: string;
  /** A theme colour; undefined for the colour of the text beside it. */
  readonly color: string | undefined;
  /** How Ona works with it. */
  readonly docsUrl: string;
}

const DOCS = 'https://ona.com/docs/ona/source-control';
const OVERVIEW = `${DOCS}/overview`;

const PROVIDERS: ReadonlyMap<string, Provider> = new Map([
  ['github', { name: 'GitHub', icon: 'github', color: undefined, docsUrl: `${DOCS}/github` }],
  ['gitlab', { name: 'GitLab', icon: 'ona-scm-gitlab', color: 'charts.orange', docsUrl: `${DOCS}/gitlab` }],
  [
    'bitbucket',
    { name: 'Bitbucket Cloud', icon: 'ona-scm-bitbucket', color: 'charts.blue', docsUrl: OVERVIEW },
  ],
  [
    'azuredevops_entra',
    { name: 'Azure DevOps', icon: 'azure-devops', color: 'charts.blue', docsUrl: `${DOCS}/azuredevops` },
  ],
  [
    'azuredevops_server',
    {
      name: 'Azure DevOps Server',
      icon: 'ona-scm-azure-devops-server',
      color: 'charts.purple',
      docsUrl: `${DOCS}/azuredevops`,
    },
  ],
]);

/**
 * The provider behind an integration's `scmId`. The API can return ids that a runner made up: those go by the id.
 */
export function providerOf(scmId: string): Provider {
  return (
    PROVIDERS.get(scmId) ?? { name: scmId, icon: 'ona-scm-git-host', color: undefined, docsUrl: OVERVIEW }
  );
}
