import type { IntegrationEntry } from './groups.ts';

/** What in a configuration looks wrong by what is known of the provider. The API took it all the same, so it is a hint. */
export type ConfigurationProblem =
  | 'noSignIn'
  | 'oauthUnsupported'
  | 'patMissing'
  | 'issuerMissing'
  | 'issuerUnused'
  | 'directoryMissing'
  | 'directoryUnused';

/** By the rules that Ona's own tools check before they send a configuration; none for a provider that is not known. */
export function configurationProblems({
  integration: { oauth, pat, virtualDirectory },
  provider: { abilities },
}: Pick<IntegrationEntry, 'integration' | 'provider'>): ReadonlySet<ConfigurationProblem> {
  const problems = new Set<ConfigurationProblem>();
  const noSignIn = oauth === undefined && !pat;
  if (noSignIn) {
    problems.add('noSignIn');
  }
  if (abilities === undefined) {
    return problems;
  }
  const hasIssuer = oauth?.issuerUrl !== undefined;
  const hasDirectory = virtualDirectory !== undefined;
  if (oauth !== undefined && abilities.oauth === 'unsupported') {
    problems.add('oauthUnsupported');
    if (!pat) {
      problems.add('patMissing');
    }
  }
  if (abilities.issuerUrl && oauth !== undefined && !hasIssuer) {
    problems.add('issuerMissing');
  }
  if (!abilities.issuerUrl && hasIssuer) {
    problems.add('issuerUnused');
  }
  if (abilities.virtualDirectory && !hasDirectory) {
    problems.add('directoryMissing');
  }
  if (!abilities.virtualDirectory && hasDirectory) {
    problems.add('directoryUnused');
  }
  return problems;
}
