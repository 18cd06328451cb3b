import type { IntegrationEntry } from './groups.ts';

/** Something that looks wrong for the provider or the runner. It is only a hint: the API accepted the configuration. */
export type ConfigurationProblem =
  | 'duplicateHost'
  | 'noSignIn'
  | 'oauthUnsupported'
  | 'patMissing'
  | 'issuerMissing'
  | 'issuerUnused'
  | 'directoryMissing'
  | 'directoryUnused';

/** Checks the rules that Ona's own tools apply before sending a configuration; most need a known provider. */
export function configurationProblems({
  integration: { oauth, pat, virtualDirectory, unread },
  provider: { abilities },
  hasDuplicate,
}: Pick<IntegrationEntry, 'integration' | 'provider' | 'hasDuplicate'>): ReadonlySet<ConfigurationProblem> {
  const problems = new Set<ConfigurationProblem>();
  if (hasDuplicate) {
    problems.add('duplicateHost');
  }
  const noSignIn = oauth === undefined && !pat;
  if (noSignIn) {
    problems.add('noSignIn');
  }
  if (abilities === undefined) {
    return problems;
  }
  // What could not be read is there, but is no reason for a hint.
  const hasIssuer = oauth?.issuerUrl !== undefined;
  const mayHaveIssuer = hasIssuer || oauth?.unread?.includes('issuerUrl') === true;
  const hasDirectory = virtualDirectory !== undefined;
  const mayHaveDirectory = hasDirectory || unread?.includes('virtualDirectory') === true;
  if (oauth !== undefined && abilities.oauth === 'unsupported') {
    problems.add('oauthUnsupported');
    if (!pat) {
      problems.add('patMissing');
    }
  }
  if (abilities.issuerUrl === true && oauth !== undefined && !mayHaveIssuer) {
    problems.add('issuerMissing');
  }
  if (abilities.issuerUrl === false && hasIssuer) {
    problems.add('issuerUnused');
  }
  if (abilities.virtualDirectory === true && !mayHaveDirectory) {
    problems.add('directoryMissing');
  }
  if (abilities.virtualDirectory === false && hasDirectory) {
    problems.add('directoryUnused');
  }
  return problems;
}
