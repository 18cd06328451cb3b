/** The value of the term that lets only problems through. */
export const PROBLEM_STATUSES = 'broken,attention';

/** The text of a filter that lets only problems through, among what it lets through already. */
export function withProblemsTerm(text: string): string {
  return `${text} status:${PROBLEM_STATUSES}`.trimStart();
}

/** The text of a filter without that term. */
export function withoutProblemsTerm(text: string): string {
  return text.replace(/(?:^|\s+)status:"?broken,attention"?(?=\s|$)/gi, '').trim();
}
