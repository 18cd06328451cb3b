import { configurationProblems } from './configurationProblems.ts';
import { addressKey } from './duplicateHosts.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from './groups.ts';
import type { IntegrationReason, Reason, RunnerReason } from './reasons.ts';
import { endOf, signInKey } from './signInIndex.ts';
import {
  isLive,
  isProblem,
  isRemote,
  type ItemStatus,
  plainStatus,
  type Status,
  STATUSES,
  worse,
} from './statuses.ts';
import type { AccessAnswer, StatusFacts, ValidationAnswer } from './statusFacts.ts';
import { validationReason } from './validationReason.ts';

/** An answer of a runner counts for this many milliseconds. After that it is only a fact with a date. */
export const ANSWER_LIFE_MS = 24 * 3_600_000;

/** A token that ends within this many milliseconds needs attention. */
export const TOKEN_NOTICE_MS = 7 * 24 * 3_600_000;

/**
 * Derives the status of a runner or an integration.
 *
 * @param facts of the runner that it is or belongs to
 */
export function statusOf(entry: ItemEntry, facts: StatusFacts, now: Date): ItemStatus {
  if (entry.kind === 'runner') {
    const reasons = runnerReasons(entry, facts);
    return statusWith(reasons, worstOf(reasons), {});
  }
  const { access, validation } = freshAnswers(entry, facts, now);
  const ofList = configurationReasons(entry, facts);
  const reasons = [
    // Nobody here can change an inherited integration.
    ...(entry.isInherited ? [] : ofList),
    ...(validation === undefined || validation.valid ? [] : [validationReason(validation)]),
    ...signInReasons(entry, access, facts, now),
  ];
  // Nothing works on a runner that does not run.
  const isProved = reasons.length === 0 && access?.signedIn === true && isLive(facts.runner);
  const own = isProved ? 'works' : worstOf(reasons);
  const runner = facts.runner.status.own;
  const effective = isProblem(runner) ? worse(own, runner) : own;
  return statusWith(
    reasons,
    own,
    {
      ...(isProved && { proof: { source: 'CheckAuthenticationForHost', at: access.at } }),
      ...(entry.isInherited && ofList[0] && { hint: ofList[0] }),
      ...(access && { signedIn: access.signedIn }),
    },
    effective,
  );
}

function worstOf(reasons: readonly Reason[]): Status {
  return reasons.reduce<Status>((worst, { status }) => worse(worst, status), 'unchecked');
}

function runnerReasons(entry: RunnerEntry, facts: StatusFacts): RunnerReason[] {
  const { phase, runner, role } = entry;
  // Nothing is known of a runner that is not in the list, not even whether it still exists.
  if (runner === undefined) {
    return [];
  }
  const { message } = runner;
  const ofPhase = { source: 'ListRunners', at: timeOf(runner.statusUpdatedAt) ?? facts.asOf } as const;
  const reasons: RunnerReason[] = [];
  if (phase === 'RUNNER_PHASE_INACTIVE' && isRemote(entry)) {
    reasons.push({ code: 'offline', status: 'broken', ...ofPhase, message });
  }
  if (phase === 'RUNNER_PHASE_DEGRADED') {
    reasons.push({ code: 'degraded', status: 'attention', ...ofPhase, message });
  }
  const ofList = { status: 'attention', source: 'ListSCMIntegrations', at: facts.asOf } as const;
  if (role === 'ordinary' && isRemote(entry) && isLive(entry) && hasNone(entry) && facts.hasIntegrations) {
    reasons.push({ code: 'noIntegrations', ...ofList });
  }
  for (const { host, count } of duplicates(entry)) {
    reasons.push({ code: 'duplicateHost', ...ofList, host, count });
  }
  return reasons;
}

/** Whether it is certain that a runner has no integrations. */
function hasNone({ integrations, isComplete, leftOut, error }: RunnerEntry): boolean {
  return integrations.length === 0 && isComplete && leftOut === 0 && error === undefined;
}

/** The hosts that a runner has several integrations for, unless nobody here can change any of them. */
function duplicates({ integrations }: RunnerEntry): readonly { host: string; count: number }[] {
  const byAddress = new Map<string, { host: string; count: number; isOwn: boolean }>();
  for (const { integration, hasDuplicate, hostKey, isInherited } of integrations) {
    if (hasDuplicate) {
      const key = addressKey(hostKey, integration);
      const { host, count, isOwn } = byAddress.get(key) ?? { host: integration.host, count: 0, isOwn: false };
      byAddress.set(key, { host, count: count + 1, isOwn: isOwn || !isInherited });
    }
  }
  return [...byAddress.values()].filter(({ isOwn }) => isOwn);
}

/** What is wrong according to the list. */
function configurationReasons(entry: IntegrationEntry, { asOf }: StatusFacts): IntegrationReason[] {
  const reasons: IntegrationReason[] = [];
  const ofList = { source: 'ListSCMIntegrations', at: asOf } as const;
  for (const code of configurationProblems(entry)) {
    if (code === 'noSignIn') {
      reasons.push({ code, status: 'broken', ...ofList });
    } else if (code !== 'duplicateHost') {
      // That one is the runner's: two rows, one reason.
      reasons.push({ code, status: 'attention', ...ofList });
    }
  }
  return reasons;
}

function signInReasons(
  { signIns: onRecord = [] }: IntegrationEntry,
  access: AccessAnswer | undefined,
  { signIns }: StatusFacts,
  now: Date,
): IntegrationReason[] {
  const reasons: IntegrationReason[] = [];
  if (access?.signedIn === false && (onRecord.length > 0 || access.wasSignedIn)) {
    reasons.push({
      code: 'signedOut',
      status: 'attention',
      source: 'CheckAuthenticationForHost',
      at: access.at,
      subject: signIns?.subject ?? access.subject,
    });
  }
  const ends = onRecord.map((token) => endOf(token)?.getTime() ?? Infinity);
  const last = Math.max(...ends);
  const left = last - now.getTime();
  // Whoever was signed in after the end has signed in in another way.
  const isReplaced = access?.signedIn === true && access.at.getTime() >= last;
  if (signIns !== undefined && onRecord.length > 0 && left <= TOKEN_NOTICE_MS && !isReplaced) {
    const { subject, asOf: at } = signIns;
    const endsAt = new Date(last);
    reasons.push({
      code: left > 0 ? 'tokenEnding' : 'tokenEnded',
      status: 'attention',
      source: 'ListHostAuthenticationTokens',
      at,
      endsAt,
      days: daysBetween(now, endsAt),
      subject,
    });
  }
  return reasons;
}

/** The answers that still count. */
function freshAnswers(
  entry: IntegrationEntry,
  { answersOf }: StatusFacts,
  now: Date,
): { access: AccessAnswer | undefined; validation: ValidationAnswer | undefined } {
  const { access, validation } = answersOf(entry);
  const isCurrent = access !== undefined && !isSuperseded(access, entry);
  const isFresh = ({ at }: { readonly at: Date }) => {
    const age = now.getTime() - at.getTime();
    // One from far in the future was given while the clock was wrong.
    return -ANSWER_LIFE_MS <= age && age < ANSWER_LIFE_MS;
  };
  return {
    access: isCurrent && isFresh(access) ? access : undefined,
    validation: validation && isFresh(validation) ? validation : undefined,
  };
}

/**
 * Whether the list of sign-ins shows something newer: one that was not there when the runner was asked, or that there is
 * none any more.
 */
function isSuperseded({ signedIn, onRecord }: AccessAnswer, { signIns }: IntegrationEntry): boolean {
  if (onRecord === undefined || signIns === undefined) {
    return false;
  }
  return signedIn
    ? onRecord.length > 0 && signIns.length === 0
    : signIns.some((token) => !onRecord.includes(signInKey(token)));
}

/** Days of the calendar from one moment to another. */
function daysBetween(from: Date, to: Date): number {
  const [a, b] = [from, to].map((time) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate()));
  return ((b ?? 0) - (a ?? 0)) / 86_400_000;
}

function timeOf(timestamp: string | undefined): Date | undefined {
  const time = new Date(timestamp ?? NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function statusWith(
  reasons: readonly Reason[],
  own: Status,
  rest: Pick<ItemStatus, 'proof' | 'hint' | 'signedIn'>,
  effective = own,
): ItemStatus {
  if (reasons.length === 0 && Object.keys(rest).length === 0) {
    return plainStatus(own, effective);
  }
  const sorted = [...reasons].sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status));
  return Object.freeze({ own, effective, reasons: Object.freeze(sorted), ...rest });
}
