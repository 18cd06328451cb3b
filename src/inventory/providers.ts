import type { SchemaProvider } from '../api/runnerSchema.ts';

/** Facts about a source-control provider. Names are brands and are not translated. */
export interface Provider {
  readonly name: string;
  /** A codicon, or an icon of the extension's font (`contributes.icons`). */
  readonly icon: string;
  /** The same icon in webviews: a glyph of media/ona-scm-icons.css. */
  readonly glyph: string;
  /** A theme color; undefined for the color of the adjacent text. */
  readonly color: string | undefined;
  /** Ona's documentation about it. */
  readonly docsUrl: string;
  /** Undefined for a provider that only the runner knows. */
  readonly abilities: ProviderAbilities | undefined;
}

/** What an integration with the provider supports. */
export interface ProviderAbilities {
  readonly oauth: Ability;
  /** Personal access tokens. */
  readonly pat: Ability;
  /** Whether OAuth needs the address of its issuer in addition to the host; undefined if that is not known. */
  readonly issuerUrl: boolean | undefined;
  /** Whether repositories are below a path on the host, which the integration has to name; undefined if that is not known. */
  readonly virtualDirectory: boolean | undefined;
}

/** `planned` according to Ona's documentation. */
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
 * The provider of an integration's `scmId`. The API can return ids that a runner defined. Their name is the id, until the
 * runner has described them.
 *
 * @param schema how the runner describes the provider
 */
export function providerOf(scmId: string, schema?: SchemaProvider): Provider {
  const known = PROVIDERS.get(scmId) ?? unknownProvider(scmId);
  return schema === undefined ? known : described(known, schema);
}

function unknownProvider(scmId: string): Provider {
  return {
    name: scmId,
    icon: 'ona-scm-git-host',
    glyph: 'git-host',
    color: undefined,
    docsUrl: OVERVIEW,
    abilities: undefined,
  };
}

const describedProviders = new WeakMap<SchemaProvider, Provider>();

/**
 * What the runner supports counts more than our table: it may be newer. If it names no sign-in method at all, it has not
 * said what it supports. A brand's name stays the same everywhere.
 */
function described(known: Provider, schema: SchemaProvider): Provider {
  const before = describedProviders.get(schema);
  if (before !== undefined) {
    return before;
  }
  const { abilities } = known;
  const { oauth, pat } = schema;
  const provider: Provider = {
    ...known,
    name: abilities === undefined ? schema.name || known.name : known.name,
    abilities:
      oauth === undefined && pat === undefined
        ? abilities
        : {
            oauth: oauth === undefined ? 'unsupported' : 'supported',
            pat: pat === undefined ? 'unsupported' : 'supported',
            issuerUrl: abilities?.issuerUrl,
            virtualDirectory: abilities?.virtualDirectory,
          },
  };
  describedProviders.set(schema, provider);
  return provider;
}
