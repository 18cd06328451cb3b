import { configurationProblems, type ConfigurationProblem } from '../../inventory/configurationProblems.ts';
import type { IntegrationEntry } from '../../inventory/groups.ts';
import { problemSentence } from '../../words/reasons.ts';
import type { DetailsRow } from './protocol.ts';

/** The row, with a hint for each of these problems that the integration has. */
export function withHints(
  row: DetailsRow,
  entry: IntegrationEntry,
  possible: readonly Exclude<ConfigurationProblem, 'duplicateHost'>[],
): DetailsRow {
  const problems = configurationProblems(entry);
  const texts = possible
    .filter((problem) => problems.has(problem))
    .map((problem) => problemSentence(problem, entry));
  return { ...row, ...hinted(entry, texts) };
}

/** Nobody here can change an inherited integration: what looks wrong with it is no warning. */
export function hinted({ isInherited }: IntegrationEntry, texts: readonly string[]): Partial<DetailsRow> {
  return isInherited ? { notes: texts } : { hints: texts };
}
