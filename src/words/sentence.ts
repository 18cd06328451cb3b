import * as l10n from '@vscode/l10n';

/**
 * Adds a full stop unless the text ends like a sentence: it may end in a runner's own words, and another one may
 * follow.
 */
export function sentence(text: string): string {
  return /[.!?…。！？]$/u.test(text) ? text : l10n.t('{0}.', text);
}
