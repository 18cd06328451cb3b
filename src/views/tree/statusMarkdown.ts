import * as l10n from '@vscode/l10n';
import type { Subject } from '../../api/identity.ts';
import { escapeMarkdown } from '../../base/text.ts';
import type { ItemChecks } from '../../checks/checkState.ts';
import type { IntegrationEntry, ItemEntry, RunnerEntry } from '../../inventory/groups.ts';
import { refKey } from '../../inventory/itemRef.ts';
import type { SignIns } from '../../inventory/model.ts';
import type { Reason } from '../../inventory/reasons.ts';
import { checkFacts } from '../../words/checkFacts.ts';
import { failedText } from '../../words/checks.ts';
import { proofSentence } from '../../words/proof.ts';
import { connectOf } from '../../words/connect.ts';
import { reasonSentence, sourceText, wayOutOf, type WayOut } from '../../words/reasons.ts';
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
  /** The owner of the key; undefined if that is not known. */
  readonly subject?: Subject | undefined;
  /** What runners were asked; undefined if nothing is known of that yet. */
  readonly checksOf?: (entry: IntegrationEntry) => ItemChecks | undefined;
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
    ...(proof === undefined ? [] : [paragraph(proofSentence(entry, runner), sourceText(proof, runner), '')]),
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
  const wayOut = apiUrl === undefined ? undefined : connectOf(entry, runner, signIns.subject);
  return [
    [escapeMarkdown(sentence, MAX_SENTENCE), linkMarkdown(wayOut, entry)]
      .filter((part) => part !== '')
      .join(' '),
  ];
}

/** What the runner answered, and why it did not, as far as reasons and proof do not say it, as paragraphs of Markdown. */
export function checkMarkdown(
  { entry, runner }: IntegrationNode,
  { subject, checksOf }: TooltipContext,
): string[] {
  const connect = entry.signIns === undefined ? connectOf(entry, runner, subject) : undefined;
  return checkFacts(entry, runner, checksOf?.(entry), subject).flatMap(
    ({ kind, answer, change, failure }) => [
      ...(answer
        ? [
            paragraph(
              answer.text,
              sourceText(answer, runner),
              kind === 'access' ? linkMarkdown(connect, entry) : '',
            ),
          ]
        : []),
      ...[change, failure && failedText(kind, failure.at, failure.text)]
        .filter((text) => text !== undefined)
        .map((text) => escapeMarkdown(text, MAX_SENTENCE)),
    ],
  );
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
    apiUrl === undefined ? '' : linkMarkdown(wayOutOf(reason, runner, apiUrl), entry),
  );
}

/** A sentence, and below it where it comes from and where to go. */
function paragraph(sentence: string, source: string, link: string): string {
  const parts = [escapeMarkdown(source, MAX_SENTENCE), link].filter((part) => part !== '');
  return `${escapeMarkdown(sentence, MAX_SENTENCE)}  \n${parts.join(' · ')}`;
}

/** A link to an https page or to *Connect…*; empty if it is to another page, or if its address could end the link. */
function linkMarkdown(wayOut: WayOut | undefined, { ref }: ItemEntry): string {
  if (wayOut === undefined) {
    return '';
  }
  const target = 'url' in wayOut ? wayOut.url : commandUrl(wayOut.command, refKey(ref));
  // `encodeURIComponent` leaves these.
  const url = target.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return /^(?:https:\/\/[\w.:[\]-]+\/[\w./%~-]*|command:onaScm\.connect\?[\w.%~-]+)$/.test(url)
    ? `[${escapeMarkdown(wayOut.label)}](${url})`
    : '';
}

/**
 * The address that runs a command. VS Code decodes the argument twice (`URI.parse`, and `CommandOpener` in its
 * openerService.ts), so that a `%` in it would not survive if it were encoded once.
 */
function commandUrl(command: string, argument: string): string {
  return `command:${command}?${encodeURIComponent(encodeURIComponent(JSON.stringify([argument])))}`;
}
