import * as l10n from '@vscode/l10n';
import { askedHost } from '../../checks/askedAbout.ts';
import { canAsk } from '../../inventory/canAsk.ts';
import { NO_CHECKS } from '../../checks/checkState.ts';
import type { ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { isServiceAccount } from '../../words/reasons.ts';
import type { DetailsFacts } from './detailsFacts.ts';
import type { DetailsAction } from './protocol.ts';

/**
 * The actions that ask a runner about an item. One that the runner cannot be asked for is not offered.
 *
 * @param runner the one that the item is or belongs to
 */
export function checkActions(
  entry: ItemEntry,
  runner: RunnerEntry | undefined,
  facts: DetailsFacts,
): DetailsAction[] {
  if (runner === undefined || !canAsk(runner)) {
    return [];
  }
  if (entry.kind === 'runner') {
    const isRunning = entry.integrations.some((own) => facts.checksOf?.(own)?.access.running === true);
    return entry.integrations.some((own) => askedHost(own) !== undefined)
      ? [accessAction(facts, isRunning)]
      : [];
  }
  const checks = facts.checksOf?.(entry) ?? NO_CHECKS;
  return [
    ...(askedHost(entry) === undefined ? [] : [accessAction(facts, checks.access.running === true)]),
    // Nobody here can change an inherited integration.
    ...(entry.isInherited ? [] : [validateAction(checks.validation.running === true)]),
  ];
}

function accessAction({ subject }: DetailsFacts, isRunning: boolean): DetailsAction {
  return {
    id: 'onaScm.checkAccess',
    label:
      subject !== undefined && isServiceAccount(subject) ? l10n.t('Check Access') : l10n.t('Check My Access'),
    place: 'status',
    requiresItem: true,
    ...(isRunning && { running: l10n.t('Checking…') }),
  };
}

function validateAction(isRunning: boolean): DetailsAction {
  return {
    id: 'onaScm.validate',
    label: l10n.t('Validate'),
    place: 'status',
    requiresItem: true,
    ...(isRunning && { running: l10n.t('Validating…') }),
  };
}
