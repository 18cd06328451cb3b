import * as v from 'valibot';
import { type Runner, RUNNER } from '../api/runners.ts';
import { type ScmIntegration, SCM_INTEGRATION } from '../api/scmIntegrations.ts';
import type { HostAuthenticationToken } from '../api/hostAuthenticationTokens.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../inventory/groups.ts';
import type { Reason } from '../inventory/reasons.ts';
import { endOf } from '../inventory/signInIndex.ts';
import { answersJson, statusJson } from './statusJson.ts';
import { unicodeEscape } from './unicodeEscape.ts';

/** Makes the sentence of a reason. */
export type MessageOf = (reason: Reason, entry: ItemEntry) => string;

/** What `JSON.stringify` does not escape: control characters of terminals, line separators, and what reorders text. */
const UNSAFE = /[\u007f-\u009f\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/**
 * Indented by two spaces; undefined fields are left out. Characters that nobody sees but a terminal or an editor obeys
 * are escaped, so that the text shows what is in a value, and is safe to paste.
 */
export function jsonText(value: object | string): string {
  return JSON.stringify(value, undefined, 2).replace(UNSAFE, unicodeEscape);
}

/** A runner or an integration with everything that is known about it. */
export function itemJson(entry: ItemEntry, messageOf: MessageOf): object {
  return entry.kind === 'runner'
    ? runnerJson(entry, messageOf)
    : { ...integrationJson(entry.integration), ...factsJson(entry, messageOf) };
}

/** An integration with all its fields, always in the order of their description. */
export function integrationJson(integration: ScmIntegration): object {
  return v.parse(SCM_INTEGRATION.schema, integration);
}

/**
 * What is known of an integration besides its fields: its status, what its runner answered if it was asked, and the
 * sign-ins on record unless they are not known.
 */
export function factsJson(entry: IntegrationEntry, messageOf: MessageOf): object {
  const { status, answers, signIns } = entry;
  return {
    ...statusJson(status, (reason) => messageOf(reason, entry)),
    ...answersJson(answers),
    ...(signIns && { signIns: signIns.map(signInJson) }),
  };
}

/** The status of a runner, which has no other than its own. */
export function runnerStatusJson(entry: RunnerEntry, messageOf: MessageOf): object {
  const { status, reasons } = statusJson(entry.status, (reason) => messageOf(reason, entry));
  return { status, reasons };
}

/** A sign-in on record. The end of an OAuth token is left out: it is refreshed. */
function signInJson(token: HostAuthenticationToken): object {
  const method = token.source.replace('HOST_AUTHENTICATION_TOKEN_SOURCE_', '').toLowerCase();
  return {
    ...(method !== 'unspecified' && { method }),
    expiresAt: endOf(token)?.toISOString(),
    scopes: token.scopes,
  };
}

/**
 * A runner with all its fields, always in the order of their description, and its status, then its integrations in the
 * given order.
 */
function runnerJson(entry: RunnerEntry, messageOf: MessageOf): object {
  const { ref, runner, integrations, leftOut } = entry;
  return {
    ...(runner === undefined ? { id: ref.runnerId } : fieldsOf(runner)),
    ...runnerStatusJson(entry, messageOf),
    integrations: integrations.map((own) => itemJson(own, messageOf)),
    ...(leftOut > 0 && { unreadIntegrations: leftOut }),
  };
}

function fieldsOf(runner: Runner): Runner {
  return v.parse(RUNNER.schema, runner);
}
