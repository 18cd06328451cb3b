import * as l10n from '@vscode/l10n';
import {
  findRunner,
  type IntegrationEntry,
  type ItemEntry,
  type RunnerEntry,
} from '../../inventory/groups.ts';
import type { Reason } from '../../inventory/reasons.ts';
import { cannotAskSentence } from '../../words/checks.ts';
import { proofSentence } from '../../words/proof.ts';
import { connectOf } from '../../words/connect.ts';
import { reasonSentence, sourceText, type WayOut, wayOutOf } from '../../words/reasons.ts';
import { phaseText, runnerName } from '../../words/runners.ts';
import { statusText } from '../../words/status.ts';
import type { DetailsFacts } from './detailsFacts.ts';
import type { DetailsReason, DetailsStatus, DetailsStatusPart } from './protocol.ts';
import { MAX_LIST_ROWS } from './rows.ts';
import { statusHeading } from './statusValue.ts';
import { SIGN_IN_ROWS, statusRows } from './statusRows.ts';

/**
 * Whether an item works, as far as is known, with every reason.
 *
 * @returns undefined if its runner is not known
 */
export function statusSection(
  entry: ItemEntry,
  runners: readonly RunnerEntry[],
  facts: DetailsFacts,
): DetailsStatus | undefined {
  const runner = runnerOf(entry, runners);
  if (runner === undefined) {
    return undefined;
  }
  const heading = l10n.t('Status');
  const ofRunner = hasRunnerPart(entry, runner)
    ? { heading: l10n.t('Runner {0}', runnerName(runner)), ...runnerPart(runner, facts) }
    : undefined;
  const announced = [
    announcement(heading, entry),
    ...(ofRunner === undefined ? [] : [announcement(ofRunner.heading, runner)]),
  ];
  return {
    heading,
    announcement: announced.join(' '),
    own: ownPart(entry, runner, facts),
    ...(ofRunner && { runner: ofRunner }),
    rows: statusRows(entry, runner, facts),
    cannotAsk:
      entry.kind === 'runner' && entry.integrations.length === 0 ? undefined : cannotAskSentence(runner),
  };
}

/** What helps, by the keys of the reasons and rows. */
export function wayOutsOf(
  entry: ItemEntry,
  runners: readonly RunnerEntry[],
  { apiUrl, subject }: DetailsFacts,
): ReadonlyMap<string, WayOut> {
  const runner = runnerOf(entry, runners);
  if (runner === undefined) {
    return new Map();
  }
  const all = [
    ...keyed('own', entry.status.reasons),
    ...(hasRunnerPart(entry, runner) ? keyed('runner', runner.status.reasons) : []),
  ];
  const ofReasons = all.map(([key, reason]) => [key, wayOutOf(reason, runner, apiUrl)] as const);
  const ofRow = entry.kind === 'runner' ? undefined : connectOf(entry, runner, subject);
  return new Map(
    [...ofReasons, ...SIGN_IN_ROWS.map((key) => [key, ofRow] as const)].flatMap(([key, wayOut]) =>
      wayOut === undefined ? [] : [[key, wayOut]],
    ),
  );
}

function runnerOf(entry: ItemEntry, runners: readonly RunnerEntry[]): RunnerEntry | undefined {
  return entry.kind === 'runner' ? entry : findRunner(runners, entry.ref.runnerId);
}

function hasRunnerPart({ kind, status }: ItemEntry, runner: RunnerEntry): boolean {
  return kind === 'integration' && (status.effective !== status.own || runner.status.reasons.length > 0);
}

/** For screen readers. */
function announcement(heading: string, { status }: ItemEntry): string {
  return l10n.t('{0}: {1}.', heading, statusText(status.own));
}

function ownPart(entry: ItemEntry, runner: RunnerEntry, facts: DetailsFacts): DetailsStatusPart {
  const { status } = entry;
  const reasons = reasonsOf('own', status.reasons, entry, runner, facts);
  const { proof } = status;
  const proofs: DetailsReason[] =
    entry.kind === 'runner' || proof === undefined
      ? []
      : [
          {
            key: 'proof',
            text: proofSentence(entry, runner),
            source: sourceText(proof, runner),
          },
        ];
  return {
    state: statusHeading(
      status,
      entry.kind === 'runner' ? uncheckedRunner(entry) : uncheckedIntegration(entry),
    ),
    reasons: [...reasons, ...proofs],
  };
}

function runnerPart(runner: RunnerEntry, facts: DetailsFacts): DetailsStatusPart {
  const { status } = runner;
  return {
    state: statusHeading(status, uncheckedRunner(runner)),
    reasons: reasonsOf('runner', status.reasons, runner, runner, facts),
  };
}

function uncheckedIntegration({ status, answers }: IntegrationEntry): string {
  const isRunnerWorse = status.effective !== status.own;
  if (answers === undefined) {
    return isRunnerWorse
      ? l10n.t('Not checked: nothing is known against the integration itself, and it was not tested.')
      : l10n.t('Not checked: nothing is known against it, and it was not tested.');
  }
  return isRunnerWorse
    ? l10n.t(
        'Not checked: nothing is known against the integration itself, but nothing proves that it works either.',
      )
    : l10n.t('Not checked: nothing is known against it, but nothing proves that it works either.');
}

function uncheckedRunner({ role, phase }: RunnerEntry): string {
  if (role === 'unknown') {
    return l10n.t('Not checked: the runner is not in the list.');
  }
  const words = phase === undefined ? undefined : phaseText(phase);
  return words === undefined
    ? l10n.t('Not checked: nothing is known against it, and it was not tested.')
    : l10n.t('Not checked: {0}.', words);
}

function reasonsOf(
  part: string,
  reasons: readonly Reason[],
  entry: ItemEntry,
  runner: RunnerEntry,
  { apiUrl }: DetailsFacts,
): DetailsReason[] {
  const shown = keyed(part, reasons.slice(0, MAX_LIST_ROWS)).map(([key, reason]): DetailsReason => {
    const wayOut: WayOut | undefined = wayOutOf(reason, runner, apiUrl);
    return {
      key,
      text: reasonSentence(reason, entry, runner),
      source: sourceText(reason, runner, 'subject' in reason ? reason.subject : undefined),
      ...(wayOut && { wayOut: wayOut.label }),
    };
  });
  // A runner can have thousands of duplicate hosts.
  const left = reasons.length - shown.length;
  return left === 0
    ? shown
    : [...shown, { key: `${part}-more`, text: l10n.t('and {0} more', left), source: '' }];
}

/**
 * One key for each reason: a runner can have several of one kind. It stays the same if another reason comes or goes, so
 * that a button keeps the focus.
 */
function keyed(part: string, reasons: readonly Reason[]): (readonly [string, Reason])[] {
  const counts = new Map<string, number>();
  return reasons.map((reason) => {
    const count = counts.get(reason.code) ?? 0;
    counts.set(reason.code, count + 1);
    return [`${part}-${reason.code}-${count}`, reason];
  });
}
