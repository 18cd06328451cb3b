import { type AuthenticationSession, l10n } from 'vscode';

/**
 * Makes a session that another extension has asked for.
 *
 * @param scope the only one that there is
 * @param signIn returns undefined if somebody has signed out again meanwhile
 * @throws Error that says why there is no session
 */
export async function newAuthenticationSession(
  scopes: readonly string[],
  scope: string,
  signIn: () => Promise<AuthenticationSession | undefined>,
): Promise<AuthenticationSession> {
  const unknown = scopes.find((one) => one !== scope);
  if (unknown !== undefined) {
    throw new Error(l10n.t('Ona does not support the scope {0}. Use {1}.', unknown, scope));
  }
  const created = await signIn();
  if (created === undefined) {
    throw new Error(l10n.t('Sign-in to Ona was not completed.'));
  }
  return created;
}
