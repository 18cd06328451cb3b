import { foldWithPositions } from '../base/foldText.ts';
import { FILTER_TOKEN } from './filterToken.ts';

/** The value of the term that lets only problems through. */
export const PROBLEM_STATUSES = 'broken,attention';

/**
 * The text of a filter that lets only problems through, among what it lets through already. The term comes first: a
 * quotation mark may be open at the end.
 */
export function withProblemsTerm(text: string): string {
  return `status:${PROBLEM_STATUSES} ${text}`.trimEnd();
}

/** The text of a filter without that term. */
export function withoutProblemsTerm(text: string): string {
  const { text: folded, originalRange } = foldWithPositions(text);
  let rest = '';
  let at = 0;
  for (const { 0: token, 1: key, 2: quoted, 3: plain, index } of folded.matchAll(FILTER_TOKEN)) {
    if (key === 'status' && (quoted ?? plain) === PROBLEM_STATUSES) {
      const [start, end] = originalRange(index, index + token.length);
      rest += text.slice(at, start).trimEnd();
      at = end;
    }
  }
  return `${rest}${text.slice(at)}`.trim();
}
