import { commands, env, InputBoxValidationSeverity, l10n, ThemeIcon, Uri, window } from 'vscode';
import { isSendableApiKey } from '../account/apiKeys.ts';
import { createKeyUrl } from '../account/apiUrl.ts';
import { ApiKeyFormatError } from '../account/session.ts';
import { OnaApiError } from '../api/errors.ts';
import { addressProblemText, errorText, retryingText } from '../platform/errorText.ts';
import { plainLine } from '../api/plainLine.ts';
import { withoutIcons, withoutLinks } from '../platform/text.ts';
import type { Command, CommandContext } from './index.ts';

/** *Sign In with API Key…*: asks for a key until the API knows it, or confirms the environment's address. */
export const signIn: Command = async (context) => {
  const { session } = context;
  await session.whenStarted();
  const { current } = session;
  if (current.kind === 'badAddress') {
    const address = withoutLinks(current.address);
    const source = current.variable ?? 'onaScm.apiUrl';
    await offerSettings(
      l10n.t('{0} names "{1}". {2}', source, address, addressProblemText(current.problem)),
      current.variable === undefined,
    );
  } else if (current.kind === 'unconfirmedAddress') {
    await confirmAddress(context, current.apiUrl, current.variable);
  } else {
    await askForKey(context);
  }
};

/** *Sign Out*: forgets the key. No question first: the key can be entered again. */
export const signOut: Command = async ({ session }) => {
  await session.whenStarted();
  const { current } = session;
  if (current.kind !== 'signedIn') {
    void window.showInformationMessage(l10n.t('You are not signed in to Ona.'));
    return;
  }
  await session.signOut();
  const { environmentVariable } = current.connection;
  window.setStatusBarMessage(
    environmentVariable === undefined
      ? l10n.t('$(check) Signed out of Ona; the API key is forgotten.')
      : l10n.t('$(check) Signed out of Ona; {0} stays unused until you sign in.', environmentVariable),
    5000,
  );
};

export const openSettings: Command = () =>
  commands.executeCommand('workbench.action.openSettings', '@ext:ona-community.ona-scm-integrations');

async function offerSettings(message: string, canBeSet: boolean): Promise<void> {
  const action = l10n.t('Open Settings');
  const chosen = await window.showErrorMessage(message, ...(canBeSet ? [action] : []));
  if (chosen === action) {
    await commands.executeCommand('workbench.action.openSettings', 'onaScm.apiUrl');
  }
}

async function confirmAddress(
  { session, apiKeys }: CommandContext,
  apiUrl: string,
  variable: string,
): Promise<void> {
  const keyVariable = apiKeys.environmentKey()?.variable ?? '';
  const use = l10n.t('Use This Address');
  const chosen = await window.showWarningMessage(
    l10n.t('Send the API key of {0} to {1}?', keyVariable, new URL(apiUrl).host),
    {
      modal: true,
      detail: l10n.t(
        '{0} names the address {1}. A dev container can set such variables: go on only if you know this host.',
        variable,
        apiUrl,
      ),
    },
    use,
  );
  if (chosen === use) {
    await session.acceptEnvironment();
  }
}

/** The box stays open with the reason until a key works or the person gives up. */
function askForKey({ session, apiKeys }: CommandContext): Promise<void> {
  const apiUrl = session.apiUrl();
  const found = apiKeys.environmentKey();
  const environment = found !== undefined && isSendableApiKey(found.apiKey) ? found : undefined;
  const createKey = {
    iconPath: new ThemeIcon('link-external'),
    tooltip: l10n.t('Create an API Key in the Browser'),
  };
  const useEnvironment = {
    iconPath: new ThemeIcon('terminal'),
    tooltip: l10n.t('Use {0} from the Environment', environment?.variable ?? ''),
  };
  const box = window.createInputBox();
  box.title = l10n.t('Sign In to Ona');
  box.prompt = l10n.t('API key for {0}. A read-only key is enough.', new URL(apiUrl).host);
  box.placeholder = l10n.t('Paste the API key');
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = environment === undefined ? [createKey] : [useEnvironment, createKey];
  let request: AbortController | undefined;

  const submit = async () => {
    const abort = (request = new AbortController());
    box.busy = true;
    box.enabled = false;
    box.validationMessage = undefined;
    try {
      const account = await session.signIn(apiUrl, box.value, {
        signal: abort.signal,
        onRetry: (retry) => {
          box.validationMessage = retry && {
            message: retryingText(retry),
            severity: InputBoxValidationSeverity.Warning,
          };
        },
      });
      box.hide();
      window.setStatusBarMessage(
        l10n.t('$(check) Signed in to {0}', withoutIcons(plainLine(account.organizationName, 60))),
        5000,
      );
    } catch (error) {
      if (!abort.signal.aborted) {
        box.validationMessage = signInProblem(error);
      }
    } finally {
      box.busy = false;
      box.enabled = true;
    }
  };

  return new Promise((resolve) => {
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => void submit());
    box.onDidTriggerButton(async (button) => {
      if (button === createKey) {
        await env.openExternal(Uri.parse(createKeyUrl(apiUrl)));
      } else {
        box.hide();
        await session.acceptEnvironment();
      }
    });
    // The box is about one address: with another one it would name the wrong host.
    const moved = session.onDidChange(() => {
      if (session.apiUrl() !== apiUrl) {
        box.hide();
      }
    });
    box.onDidHide(() => {
      moved.dispose();
      request?.abort();
      box.dispose();
      resolve();
    });
    box.show();
  });
}

function signInProblem(error: unknown): string {
  if (error instanceof OnaApiError) {
    return error.problem === 'keyRefused'
      ? l10n.t('{0} refused this API key: it is wrong, expired or deleted.', error.host)
      : errorText(error);
  }
  if (error instanceof ApiKeyFormatError) {
    switch (error.problem) {
      case 'empty':
        return l10n.t('Enter an API key.');
      case 'characters':
        return l10n.t('An API key has no spaces or special characters. Copy it again.');
      case 'noOrganization':
        return l10n.t('This API key belongs to no organization.');
    }
  }
  return l10n.t(
    'The API key could not be stored: {0}',
    error instanceof Error ? withoutLinks(error.message) : '',
  );
}
