import { l10n, window } from 'vscode';
import type { HostAccess } from '../../api/hostAccess.ts';
import { tokenPage } from '../../checks/tokenPage.ts';
import { openInBrowser } from '../../platform/openInBrowser.ts';
import { otherPageText, scopesText, tokenText } from '../../words/connect.ts';
import { hostText } from '../../words/integrations.ts';
import { copy } from '../copyText.ts';
import type { ConnectTarget } from './connectTarget.ts';

/**
 * Tells what a personal access token needs, and opens the page of the host where one is created. The token itself is
 * entered on the dashboard.
 *
 * @returns whether to open the dashboard's page now
 */
export async function createToken(
  { entry, runner, connection }: ConnectTarget,
  pat: NonNullable<HostAccess['pat']>,
): Promise<boolean> {
  const page = tokenPage(pat.createUrl, entry, connection.apiUrl);
  const url = 'url' in page ? page.url : undefined;
  const scopes = scopesText(pat);
  const openPage = l10n.t('Open Token Page');
  const copyScopes = l10n.t('Copy Scopes');
  const openDashboard = l10n.t('Open Git Authentications');
  const first = url === undefined ? openDashboard : openPage;
  const buttons = scopes === '' ? [first] : [first, copyScopes];
  const title = l10n.t('Create a personal access token for {0}', hostText(entry));
  const detail = tokenText(pat, page, entry, runner);
  let chosen: string | undefined;
  do {
    chosen = await window.showInformationMessage(title, { modal: true, detail }, ...buttons);
    if (chosen === copyScopes) {
      await copy(scopes, l10n.t('Copied the scopes'));
    }
    // It is still to be created.
  } while (chosen === copyScopes);
  if (url === undefined || chosen === undefined) {
    return chosen === openDashboard;
  }
  if (page.kind === 'other' && !(await confirmOther(url, { entry, runner }))) {
    return false;
  }
  return (
    (await openInBrowser(url)) &&
    (await window.showInformationMessage(
      l10n.t('Enter the new token on the Git Authentications page of the dashboard.'),
      openDashboard,
    )) === openDashboard
  );
}

async function confirmOther(
  url: string,
  { entry, runner }: Pick<ConnectTarget, 'entry' | 'runner'>,
): Promise<boolean> {
  const open = l10n.t('Open Page');
  const chosen = await window.showWarningMessage(
    l10n.t('Open a page on another host?'),
    { modal: true, detail: otherPageText(url, entry, runner) },
    open,
  );
  return chosen === open;
}
