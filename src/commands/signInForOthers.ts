import { l10n } from 'vscode';
import type { Account } from '../account/account.ts';
import type { SessionStore } from '../account/session.ts';
import { badAddressText } from '../words/badAddress.ts';
import { identityProblemText } from '../words/identityProblem.ts';
import { runSignInFlow } from './signIn/runSignInFlow.ts';
import type { SignInContext } from './signIn/signInStep.ts';

/**
 * Lets the user sign in because another extension asks for a session. If somebody is signed in whose account is not known,
 * the API is asked for it instead.
 *
 * @throws Error that says why there is no account
 */
export async function signInForOthers(context: SignInContext): Promise<Account> {
  const { session } = context;
  await session.whenStarted();
  const { current } = session;
  if (current.kind === 'badAddress') {
    // Otherwise a key for Ona's own host would be asked for, although another one is set.
    throw new Error(badAddressText(current));
  }
  if (!isUnknown(session) && !(await runSignInFlow(context))) {
    throw new Error(l10n.t('Sign-in to Ona was not completed.'));
  }
  const account = await session.whenIdentified();
  if (account === undefined) {
    throw new Error(identityProblemText(session.identityProblem));
  }
  return account;
}

function isUnknown({ connection, account }: SessionStore): boolean {
  return connection !== undefined && account === undefined;
}
