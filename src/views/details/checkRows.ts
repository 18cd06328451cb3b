import type { IntegrationEntry, RunnerEntry } from '../../inventory/groups.ts';
import { checkFacts } from '../../words/checkFacts.ts';
import { connectOf } from '../../words/connect.ts';
import { checkName, failedText } from '../../words/checks.ts';
import { sourceText } from '../../words/reasons.ts';
import type { DetailsFacts } from './detailsFacts.ts';
import type { DetailsRow } from './protocol.ts';
import { none, plain, row } from './rows.ts';

/** What the runner answered, and why it did not, as far as the reasons of the status do not say it. Never a warning. */
export function checkRows(
  entry: IntegrationEntry,
  runner: RunnerEntry,
  { checksOf, subject }: DetailsFacts,
): DetailsRow[] {
  // Otherwise the row about the sign-ins on record offers it.
  const connect = entry.signIns === undefined ? connectOf(entry, runner, subject)?.label : undefined;
  return checkFacts(entry, runner, checksOf?.(entry), subject).map((fact) => ({
    ...row(fact.kind, checkName(fact.kind), [
      ...(fact.answer ? [plain(fact.answer.text), none(sourceText(fact.answer, runner))] : []),
      ...(fact.change === undefined ? [] : [plain(fact.change)]),
      ...(fact.failure ? [plain(failedText(fact.kind, fact.failure.at, fact.failure.text))] : []),
    ]),
    lines: true,
    ...(fact.kind === 'access' && connect !== undefined && { wayOut: connect }),
  }));
}
