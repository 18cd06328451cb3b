import { l10n } from 'vscode';
import { ownerOf } from '../account/account.ts';
import { type AccessCall, accessPlan } from '../checks/accessPlan.ts';
import { cannotAsk } from '../checks/cannotAsk.ts';
import type { CheckTarget } from '../checks/askedAbout.ts';
import { checkTargets } from '../checks/checkTargets.ts';
import type { ItemEntry } from '../inventory/groups.ts';
import { accessSentence } from '../words/checks.ts';
import type { LeftOut } from '../words/checkSummary.ts';
import type { Command, CommandContext } from './command.ts';
import { confirmChecks } from './confirmChecks.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';
import { itemsOrAll } from './itemsOrAll.ts';
import { runAndReport } from './runAndReport.ts';
import { isBeingAsked } from './runningChecks.ts';
import { showNothing } from './showNothing.ts';
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
  const { groups, checks } = context;
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
  await runAndReport(context, {
    kind: 'access',
    store,
    ended,
    calls: plan.calls,
    targetsOf,
    leftOut,
    check: (call, signal) => store.checkAccess(call, signal),
    verdictOn: ({ authenticated }) => (authenticated ? 'good' : 'bad'),
    answerText: ({ entry, runner }) => [
      accessSentence(store.checksOf(entry).access, entry, runner, ownerOf(context.session.account)),
    ],
    again: ({ entry }) => check(context, [entry]),
  });
  return true;
}

function targetsOf({ entries, runner }: AccessCall): readonly CheckTarget[] {
  return entries.map((entry) => ({ entry, runner }));
}
