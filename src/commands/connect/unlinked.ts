/** Sentences with names from the API, for a notification, which would turn `[text](target)` into a link. */
export function unlinked(sentences: string): string {
  return sentences.replaceAll('](', '] (');
}
