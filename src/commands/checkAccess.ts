import { l10n } from 'vscode';
import { ownerOf } from '../account/account.ts';
import { type AccessCall, accessPlan } from '../checks/accessPlan.ts';
import { cannotAsk } from '../checks/cannotAsk.ts';
import type { CheckTarget } from '../checks/askedAbout.ts';
import { checkTargets } from '../checks/checkTargets.ts';
import type { ItemEntry } from '../inventory/groups.ts';
import { accessSentence, changeSentence } from '../words/checks.ts';
import type { LeftOut } from '../words/checkSummary.ts';
import type { Command, CommandContext } from './command.ts';
import { confirmChecks } from './confirmChecks.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { itemsOrAll } from './itemsOrAll.ts';
import { isBeingAsked, runInView } from './runningChecks.ts';
import { showCheckSummary } from './showCheckSummary.ts';
import { showNothing } from './showNothing.ts';
import { showOneCheck } from './showOneCheck.ts';
import { summaryOf } from './summaryOf.ts';
import { whenComplete } from './whenComplete.ts';

/** *Check My Access* of rows. If none are selected, the user chooses between everything and an item. */
export const checkAccess: Command = (context, on) =>
  itemsOrAll(context, on, {
    title: title(),
    all: l10n.t('All Integrations'),
    withItems: (items) => check(context, items),
    withAll: () => checkAll(context),
  });

/** *Check My Access* of the view: of everything. Ignores the row it is run on, as *Export Integrations…* does. */
export const checkAccessOfAll: Command = async (context) =>
  (await ensureSignedIn(context.session)) && checkAll(context);

function title(): string {
  return l10n.t('Check My Access');
}

async function checkAll(context: CommandContext): Promise<boolean> {
  if (!(await whenComplete(context.inventory))) {
    return false;
  }
  await context.groups.whenGrouped();
  return check(context, undefined);
}

/** @param chosen undefined for everything */
async function check(context: CommandContext, chosen: readonly ItemEntry[] | undefined): Promise<boolean> {
  const { session, groups, checks, log } = context;
  const store = await checks.store();
  const { ended } = store;
  const targets = checkTargets(groups.runners, chosen);
  const plan = accessPlan(targets, (entry) => isBeingAsked('access', entry, store));
  const leftOut = [
    ...plan.running.map((target): LeftOut => ({ reason: 'running', target })),
    ...[...plan.notLive, ...plan.badHost].map((target): LeftOut => ({
      reason: cannotAsk(target.runner) ?? 'badHost',
      target,
    })),
  ];
  if (plan.calls.length === 0) {
    showNothing(context, title(), 'access', leftOut);
    return false;
  }
  if (!(await confirmChecks({ kind: 'access', calls: plan.calls, leftOut }))) {
    return false;
  }
  const outcome = await runInView({
    kind: 'access',
    calls: plan.calls,
    entriesOf: ({ entries }) => entries,
    check: (call, signal) => store.checkAccess(call, signal),
    ended,
  });
  if (ended.aborted) {
    // Somebody signed out or switched organizations, and nothing of it counts any more.
    return true;
  }
  const [only, ...others] = plan.calls.flatMap(targetsOf);
  const shown =
    only !== undefined && others.length === 0 && outcome.unasked.length === 0
      ? showOneCheck(context, {
          kind: 'access',
          target: only,
          outcome,
          leftOut,
          answerText: () => {
            const { access } = store.checksOf(only.entry);
            return [
              accessSentence(access, only.entry, only.runner, ownerOf(session.account)),
              changeSentence(access),
            ];
          },
          again: () => check(context, [only.entry]),
        })
      : showCheckSummary(
          context,
          summaryOf(outcome, {
            kind: 'access',
            leftOut,
            hasChanged: outcome.answered
              .flatMap(({ call }) => call.entries)
              .some((entry) => store.checksOf(entry).access.lastAnswer?.changedSince !== undefined),
            countOf: ({ entries }) => entries.length,
            verdictOn: ({ authenticated }) => (authenticated ? 'good' : 'bad'),
          }),
          outcome.answered.flatMap(({ call }) => targetsOf(call)),
        );
  shown.catch((error: unknown) => log.error(error as Error));
  return true;
}

function targetsOf({ entries, runner }: AccessCall): readonly CheckTarget[] {
  return entries.map((entry) => ({ entry, runner }));
}
