import * as l10n from '@vscode/l10n';
import { plainLine } from '../base/plainLine.ts';
import { codeSpan, MAX_CODE_LENGTH } from './codeSpan.ts';

/** An integration as it is mentioned elsewhere: in an issue, a chat or an e-mail. */
export interface MentionedIntegration {
  readonly id: string;
  readonly runnerId: string;
  /** As shown to the user. */
  readonly host: string;
  readonly runnerName: string;
}

/** Host, runner and IDs of integrations as plain text, one per line. */
export function integrationsAsText(integrations: readonly MentionedIntegration[]): string {
  return integrations.map((integration) => mention(integration, oneLine)).join('\n');
}

/**
 * The same as Markdown: a line for one, a list for several. All that an administrator typed is styled as code.
 *
 * @param linkTo the address that host and runner link to, if any. Many services remove links to an editor but keep
 *   their text.
 */
export function integrationsAsMarkdown<T extends MentionedIntegration>(
  integrations: readonly T[],
  linkTo?: (integration: T) => string,
): string {
  const lines = integrations.map((integration) => mention(integration, codeSpan, linkTo?.(integration)));
  return lines.length === 1 ? (lines[0] ?? '') : lines.map((line) => `- ${line}`).join('\n');
}

/** Whether these texts have every ID exactly. Otherwise something in one is not printable, or it is very long. */
export function mentionsExactIds(integrations: readonly MentionedIntegration[]): boolean {
  return integrations.every(({ id, runnerId }) => oneLine(id) === id && oneLine(runnerId) === runnerId);
}

function mention(
  { id, runnerId, host, runnerName }: MentionedIntegration,
  style: (text: string) => string,
  link?: string,
): string {
  const place = l10n.t('{0} on {1}', style(host), style(runnerName));
  const name = link === undefined ? place : `[${place}](${link})`;
  return l10n.t('{0} (integration ID {1}, runner ID {2})', name, style(id), style(runnerId));
}

function oneLine(text: string): string {
  return plainLine(text, MAX_CODE_LENGTH);
}
