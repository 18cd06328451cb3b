import { l10n } from 'vscode';
import type { CheckTarget } from '../checks/askedAbout.ts';
import { cannotAsk } from '../checks/cannotAsk.ts';
import type { CheckStore } from '../checks/checkStore.ts';
import { checkTargets } from '../checks/checkTargets.ts';
import { fieldErrorsOf } from '../checks/fieldErrorsOf.ts';
import { interleaved } from '../checks/runChecks.ts';
import type { ConfigurationValidation } from '../api/validation.ts';
import type { IntegrationEntry } from '../inventory/groups.ts';
import type { Reason } from '../inventory/reasons.ts';
import { validationReason } from '../inventory/validationReason.ts';
import { STATE_KEYS } from '../names.ts';
import { validSentence } from '../words/checks.ts';
import { type LeftOut, type LeftOutReason, validationExplained } from '../words/checkSummary.ts';
import { reasonSentence } from '../words/reasons.ts';
import type { Command, CommandContext } from './command.ts';
import { confirmChecks } from './confirmChecks.ts';
import { runAndReport } from './runAndReport.ts';
import { isBeingAsked } from './runningChecks.ts';
import { showNothing } from './showNothing.ts';
import type { Verdict } from './summaryOf.ts';

/** *Validate Configuration*: asks the runners of integrations to test them. Explains that before the first time. */
export const validate: Command = async (context, on) => {
  const entries = await context.selection.integrations(on, title());
  return entries.length > 0 && validateEntries(context, entries);
};

function title(): string {
  return l10n.t('Validate Configuration');
}

async function validateEntries(
  context: CommandContext,
  entries: readonly IntegrationEntry[],
): Promise<boolean> {
  const { groups, checks, globalState } = context;
  const store = await checks.store();
  const { ended } = store;
  const targets = checkTargets(groups.runners, entries);
  const reasons = targets.map((target) => ({ target, reason: reasonNotTo(target, store) }));
  const leftOut = reasons.filter((one): one is LeftOut => one.reason !== undefined);
  const calls = interleaved(reasons.filter(({ reason }) => reason === undefined).map(({ target }) => target));
  if (calls.length === 0) {
    showNothing(context, title(), 'validation', leftOut);
    return false;
  }
  const isFirst = globalState.get<boolean>(STATE_KEYS.validationConfirmed) !== true;
  const explanation = isFirst
    ? validationExplained([...new Set(calls.map(({ runner }) => runner))])
    : undefined;
  if (!(await confirmChecks({ kind: 'validation', calls, leftOut, explanation }))) {
    return false;
  }
  if (isFirst) {
    await globalState.update(STATE_KEYS.validationConfirmed, true);
  }
  await runAndReport(context, {
    kind: 'validation',
    store,
    ended,
    calls,
    targetsOf: (target) => [target],
    leftOut,
    check: (target, signal) => store.validate(target, signal),
    verdictOn,
    answerText: ({ entry, runner }, now) => [
      validSentence(store.checksOf(entry).validation, entry, runner),
      ...now.entry.status.reasons
        .filter(isOfValidation)
        .map((reason) => reasonSentence(reason, now.entry, now.runner)),
    ],
    again: ({ entry }) => validateEntries(context, [entry]),
  });
  return true;
}

function reasonNotTo({ entry, runner }: CheckTarget, store: CheckStore): LeftOutReason | undefined {
  return (
    cannotAsk(runner) ??
    (entry.isInherited ? 'inherited' : undefined) ??
    (isBeingAsked('validation', entry, store) ? 'running' : undefined)
  );
}

function isOfValidation({ source }: Reason): boolean {
  return source === 'ValidateRunnerConfiguration';
}

/** As the status that follows from the answer. */
function verdictOn(validation: ConfigurationValidation): Verdict {
  if (validation.valid) {
    return 'good';
  }
  const { status } = validationReason({ errors: fieldErrorsOf(validation), at: new Date() });
  return status === 'attention' ? status : 'bad';
}
