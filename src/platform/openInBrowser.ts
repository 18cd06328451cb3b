import { commands, env, l10n, Uri, window } from 'vscode';
import { isThisMachine } from '../account/apiUrl.ts';
import { withoutLinks } from '../base/text.ts';
import { reasonText } from '../words/errors.ts';
import { tunneledUrl } from './tunneledUrl.ts';

/**
 * Opens a web address in the browser, exactly as it is given. A `Uri` cannot do that: it stores an address decoded, and
 * the editor then encodes it in its own way, so that `%2F` in a query becomes `/` and `%23` becomes `%2523`. The editor
 * also accepts a string, which its types do not say, and keeps it (VS Code's extHostWindow.ts, mainThreadWindow.ts and
 * openerService.ts, from 1.105 to 1.139). When it asks whether to open an unknown host, it then shows the whole address.
 *
 * An error is shown, with a button that copies the address.
 *
 * @returns whether the address was opened. The editor asks the user about unknown hosts, and they may decline.
 */
export async function openInBrowser(url: string): Promise<boolean> {
  try {
    return await openExactly(url);
  } catch (error) {
    void offerToCopy(url, reasonText(error));
    return false;
  }
}

async function openExactly(url: string): Promise<boolean> {
  if (env.remoteName !== undefined && isThisMachine(new URL(url).hostname)) {
    // The API runs on the remote machine. The editor forwards its port, but encodes the forwarded address again.
    const local = Uri.parse(url);
    const tunneled = tunneledUrl(url, local, await env.asExternalUri(local));
    if (tunneled !== undefined) {
      // Unlike `openExternal`, this command does not forward the address a second time. It does not report whether the
      // user declined.
      await commands.executeCommand('vscode.open', tunneled);
      return true;
    }
  }
  return env.openExternal(url as unknown as Uri);
}

async function offerToCopy(url: string, reason: string): Promise<void> {
  const copy = l10n.t('Copy Address');
  const chosen = await window.showErrorMessage(
    l10n.t('{0} could not be opened: {1}', withoutLinks(url), reason),
    copy,
  );
  if (chosen === copy) {
    await env.clipboard.writeText(url);
  }
}
