import { l10n, type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode';
import { type Account, accountLabel, isSameAccount } from '../../account/account.ts';
import { isOnaHost } from '../../account/apiUrl.ts';
import { createKeyUrl } from '../../account/dashboardUrls.ts';
import { type KeyProblem, keyProblemOf } from '../../account/sessionState.ts';
import { plainLine } from '../../base/plainLine.ts';
import { apiHostText } from '../../words/apiHostText.ts';
import { environmentItem } from './environmentItem.ts';
import { hostOfKey } from './hostOfKey.ts';
import type { SignInContext } from './signInStep.ts';

/** A way to sign in. */
export type SignInWay =
  | { readonly kind: 'key' | 'browser' | 'host' | 'environment' }
  | { readonly kind: 'account'; readonly account: Account };

/**
 * Asks how to sign in.
 *
 * @returns undefined if nothing was chosen
 */
export async function pickWay(context: SignInContext): Promise<SignInWay | undefined> {
  const { session } = context;
  const { current, accounts } = session;
  const apiUrl = session.apiUrl();
  const lost = current.kind === 'signedOut' ? current.lost : undefined;
  const fromEnvironment = environmentItem(context);
  const item = (icon: string, label: string, way: SignInWay, more: Partial<QuickPickItem> = {}) => ({
    ...more,
    iconPath: new ThemeIcon(icon),
    label,
    way,
  });
  const separator = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
  const items: (QuickPickItem & { way?: SignInWay })[] = [
    item('key', l10n.t('Enter an API Key'), { kind: 'key' }, hostOfKey(context, apiUrl)),
    ...(fromEnvironment ? [{ ...fromEnvironment, way: { kind: 'environment' } as const }] : []),
    item(
      'link-external',
      l10n.t('Create an API Key in the Browser'),
      { kind: 'browser' },
      isOnaHost(apiUrl) ? { description: apiHostText(createKeyUrl(apiUrl)) } : hostOfKey(context, apiUrl),
    ),
    item('server', l10n.t('Use Another Ona Host…'), { kind: 'host' }),
  ];
  const others =
    session.connection !== undefined ? [] : accounts.filter((account) => !isSameAccount(account, lost));
  if (others.length > 0) {
    items.push(
      separator(l10n.t('previous sign-ins')),
      ...others.map((account) =>
        item(
          'account',
          accountLabel(account, accounts),
          { kind: 'account', account },
          { description: apiHostText(account.origin) },
        ),
      ),
    );
  }
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Sign In to Ona'),
    placeHolder:
      lost === undefined
        ? l10n.t('A read-only API key is enough to see everything.')
        : lostKeyText(lost, keyProblemOf(current)),
  });
  return chosen?.way;
}

function lostKeyText(lost: Account, problem: KeyProblem | undefined): string {
  const name = plainLine(lost.organizationName, 60);
  return problem === undefined
    ? l10n.t(
        "VS Code's secret storage no longer has the API key for {0}. A read-only key is enough to see everything.",
        name,
      )
    : l10n.t(
        "The API key for {0} could not be read from VS Code's secret storage. A read-only key is enough to see everything.",
        name,
      );
}
