/** What is known of a source-control provider. Names are brands and stay untranslated. */
export interface Provider {
  readonly name: string;
  /** A codicon, or an icon of our own font (`contributes.icons`). */
  readonly icon: string;
  /** The same picture in webviews: a glyph of media/ona-scm-icons.css. */
  readonly glyph: string;
  /** A theme colour; undefined for the colour of the text beside it. */
  readonly color: string | undefined;
  /** How Ona works with it. */
  readonly docsUrl: string;
  /** Undefined where the runner alone knows. */
  readonly abilities: ProviderAbilities | undefined;
}

/** What an integration for the provider can have. */
export interface ProviderAbilities {
  readonly oauth: Ability;
  /** Personal access tokens. */
  readonly pat: Ability;
  /** OAuth needs the address of its issuer beside the host. */
  readonly issuerUrl: boolean;
  /** Repositories are below a path of the host that the integration has to name. */
  readonly virtualDirectory: boolean;
}

/** `planned` by Ona, says its documentation. */
export type Ability = 'supported' | 'planned' | 'unsupported';

const DOCS = 'https://ona.com/docs/ona/source-control';
const OVERVIEW = `${DOCS}/overview`;

const BOTH: ProviderAbilities = {
  oauth: 'supported',
  pat: 'supported',
  issuerUrl: false,
  virtualDirectory: false,
};

const PROVIDERS: ReadonlyMap<string, Provider> = new Map<string, Provider>([
  [
    'github',
    {
      name: 'GitHub',
      icon: 'github',
      glyph: 'github',
      color: undefined,
      docsUrl: `${DOCS}/github`,
      abilities: BOTH,
    },
  ],
  [
    'gitlab',
    {
      name: 'GitLab',
      icon: 'ona-scm-gitlab',
      glyph: 'gitlab',
      color: 'charts.orange',
      docsUrl: `${DOCS}/gitlab`,
      abilities: BOTH,
    },
  ],
  [
    'bitbucket',
    {
      name: 'Bitbucket Cloud',
      icon: 'ona-scm-bitbucket',
      glyph: 'bitbucket',
      color: 'charts.blue',
      docsUrl: OVERVIEW,
      abilities: { ...BOTH, pat: 'planned' },
    },
  ],
  [
    'azuredevops_entra',
    {
      name: 'Azure DevOps',
      icon: 'azure-devops',
      glyph: 'azure-devops',
      color: 'charts.blue',
      docsUrl: `${DOCS}/azuredevops`,
      abilities: { ...BOTH, issuerUrl: true },
    },
  ],
  [
    'azuredevops_server',
    {
      name: 'Azure DevOps Server',
      icon: 'ona-scm-azure-devops-server',
      glyph: 'azure-devops-server',
      color: 'charts.purple',
      docsUrl: `${DOCS}/azuredevops`,
      abilities: { ...BOTH, oauth: 'unsupported', virtualDirectory: true },
    },
  ],
]);

/**
 * The provider behind an integration's `scmId`. The API can return ids that a runner made up: those go by the id.
 */
export function providerOf(scmId: string): Provider {
  return (
    PROVIDERS.get(scmId) ?? {
      name: scmId,
      icon: 'ona-scm-git-host',
      glyph: 'git-host',
      color: undefined,
      docsUrl: OVERVIEW,
      abilities: undefined,
    }
  );
}
