import { plainLine } from '../base/plainLine.ts';

/** Longer than any text of a row, because a cut ID is useless. */
export const MAX_CODE_LENGTH = 1000;

/**
 * Untrusted text as a code span of CommonMark, where nothing is markup, and where GitHub and chat programs look for
 * neither links nor people to notify.
 *
 * @param maxLength in UTF-16 units; longer text is cut
 */
export function codeSpan(text: string, maxLength = MAX_CODE_LENGTH): string {
  const line = plainLine(text, maxLength);
  const runs = line.match(/`+/g) ?? [];
  // A fence is longer than every run of backticks in the text.
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1);
  // The space is not shown. Without it a backtick at the edge would be part of the fence.
  const space = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}
