import { l10n } from 'vscode';
import { isOnaHost } from '../../account/apiUrl.ts';
import { apiHostText } from '../../words/apiHostText.ts';
import { addressSource } from './addressSource.ts';
import type { SignInContext } from './signInStep.ts';

/**
 * Says on an item of a quick pick which host a key is for. If that is not simply Ona's own, the host and what chose it
 * are on a line of their own, where there is room for them.
 */
export function hostOfKey(
  context: Pick<SignInContext, 'session'>,
  apiUrl: string,
): { readonly description: string } | { readonly detail: string } {
  const source = addressSource(context, apiUrl);
  const host = apiHostText(apiUrl);
  if (source !== undefined) {
    return { detail: l10n.t('for {0} (address from {1})', host, source) };
  }
  const text = l10n.t('for {0}', host);
  return isOnaHost(apiUrl) ? { description: text } : { detail: text };
}
