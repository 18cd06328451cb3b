import * as l10n from '@vscode/l10n';
import { gitAuthenticationsUrl } from '../../account/dashboardUrls.ts';
import { escapeMarkdown } from '../../base/text.ts';
import type { ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { lacksSignIn } from '../../inventory/lacksSignIn.ts';
import type { SignIns } from '../../inventory/model.ts';
import type { Reason } from '../../inventory/reasons.ts';
import { proofSentence } from '../../words/proof.ts';
import { isServiceAccount, reasonSentence, sourceText, wayOutOf, type WayOut } from '../../words/reasons.ts';
import { signInSentence } from '../../words/signIns.ts';
import { phaseReasons } from './integrationWords.ts';
import type { IntegrationNode } from './nodes.ts';

/** Sentences contain texts of runners, which are cut already. */
const MAX_SENTENCE = 2000;

/** What tooltips say besides what is in the rows. */
export interface TooltipContext {
  readonly signIns: SignIns | undefined;
  /** Undefined while signed out. */
  readonly apiUrl: string | undefined;
}

/** The own reasons of a runner, each with its source, its time and a page that helps, as paragraphs of Markdown. */
export function runnerStatusMarkdown(entry: RunnerEntry, { apiUrl }: TooltipContext): string[] {
  return entry.status.reasons.map((reason) => reasonMarkdown(reason, entry, entry, apiUrl));
}

/** The same of an integration, then of its runner, if those concern it. If it works, what proves that. */
export function integrationStatusMarkdown(
  { entry, runner }: IntegrationNode,
  { apiUrl }: TooltipContext,
): string[] {
  const { reasons, proof } = entry.status;
  return [
    ...reasons.map((reason) => reasonMarkdown(reason, entry, runner, apiUrl)),
    ...(proof === undefined ? [] : [paragraph(proofSentence(entry, runner), sourceText(proof, runner))]),
    ...phaseReasons(runner).map((reason) =>
      reasonMarkdown(reason, runner, runner, apiUrl, (text) => l10n.t('Runner: {0}', text)),
    ),
  ];
}

/** Which sign-ins are on record, and where somebody can sign in if there is none, as paragraphs of Markdown. */
export function signInMarkdown(
  { entry, runner }: IntegrationNode,
  { signIns, apiUrl }: TooltipContext,
): string[] {
  const sentence = signInSentence(entry, signIns, runner.role);
  if (sentence === undefined || signIns === undefined) {
    return [];
  }
  const page =
    apiUrl === undefined || isServiceAccount(signIns.subject) || !lacksSignIn(entry, runner.role)
      ? undefined
      : { label: l10n.t('Git Authentications'), url: gitAuthenticationsUrl(apiUrl) };
  return [
    [escapeMarkdown(sentence, MAX_SENTENCE), linkMarkdown(page)].filter((part) => part !== '').join(' '),
  ];
}

function reasonMarkdown(
  reason: Reason,
  entry: ItemEntry,
  runner: RunnerEntry,
  apiUrl: string | undefined,
  worded = (sentence: string) => sentence,
): string {
  const subject = 'subject' in reason ? reason.subject : undefined;
  return paragraph(
    worded(reasonSentence(reason, entry, runner)),
    sourceText(reason, runner, subject),
    apiUrl === undefined ? undefined : wayOutOf(reason, runner, apiUrl),
  );
}

/** A sentence, and below it where it comes from and where to go. */
function paragraph(sentence: string, source: string, page?: WayOut): string {
  const parts = [escapeMarkdown(source, MAX_SENTENCE), linkMarkdown(page)].filter((part) => part !== '');
  return `${escapeMarkdown(sentence, MAX_SENTENCE)}  \n${parts.join(' · ')}`;
}

/** A link to an https page; empty if it is to another one, or if its address could end the link. */
function linkMarkdown(page: WayOut | undefined): string {
  // `encodeURIComponent` leaves these.
  const url = page?.url.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return page !== undefined && url !== undefined && /^https:\/\/[\w.:[\]-]+\/[\w./%~-]*$/.test(url)
    ? `[${escapeMarkdown(page.label)}](${url})`
    : '';
}
