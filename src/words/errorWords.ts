/** What happened, and what to do about it: a sentence or two each. The remedy can be empty. */
export interface ErrorWords {
  readonly cause: string;
  readonly remedy: string;
}
