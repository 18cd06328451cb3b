import * as l10n from '@vscode/l10n';
import { plainLine } from '../base/plainLine.ts';

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
 * The same as Markdown: a line for one, a list for several. All that an administrator typed is styled as code, where
 * nothing is markup, and where GitHub and chat programs look for neither links nor people to notify.
 *
 * @param linkTo the address that host and runner link to, if any. Many services remove links to an editor but keep
 *   their text.
 */
export function integrationsAsMarkdown<T extends MentionedIntegration>(
  integrations: readonly T[],
  linkTo?: (integration: T) => string,
): string {
  const lines = integrations.map((integration) => mention(integration, code, linkTo?.(integration)));
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

/** Longer than any text of a row, because a cut ID is useless. */
function oneLine(text: string): string {
  return plainLine(text, 1000);
}

/** A code span of CommonMark: its fence is longer than every run of backticks in it. */
function code(text: string): string {
  const line = oneLine(text);
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  // The space is not shown. Without it a backtick at the edge would be part of the fence.
  const space = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}
