import {
  type InputBox,
  InputBoxValidationSeverity,
  l10n,
  QuickInputButtons,
  ThemeIcon,
  window,
} from 'vscode';
import { KeyNotKeptError } from '../../account/accountWriter.ts';
import { ApiKeyFormatError } from '../../account/apiKeyInput.ts';
import { createKeyUrl } from '../../account/dashboardUrls.ts';
import { OnaApiError } from '../../api/transport/errors.ts';
import { plainLine } from '../../base/plainLine.ts';
import { withoutIcons } from '../../base/text.ts';
import { openInBrowser } from '../../platform/openInBrowser.ts';
import { unusableCharacterText } from '../../words/characters.ts';
import { errorText, reasonText, retryingText } from '../../words/errors.ts';
import { addressSource } from './addressSource.ts';
import type { SignInContext, StepOutcome } from './signInStep.ts';

/** Milliseconds after which the box says what it waits for. */
const CHECKING_DELAY_MS = 1000;

/** Asks for a key. The box stays open and shows what is wrong until a key works or the user cancels. */
export function askForKey(
  context: Pick<SignInContext, 'session'>,
  apiUrl: string,
  canGoBack: boolean,
): Promise<StepOutcome> {
  const createKey = {
    iconPath: new ThemeIcon('link-external'),
    tooltip: l10n.t('Create an API Key in the Browser'),
  };
  const { session } = context;
  const box = window.createInputBox();
  box.title = l10n.t('Sign In to Ona');
  const { host } = new URL(apiUrl);
  const source = addressSource(context, apiUrl);
  // VS Code breaks lines that are too long here, so the host is whole.
  box.prompt =
    source === undefined
      ? l10n.t('API key for {0}. A read-only key is enough to see everything.', host)
      : l10n.t(
          'API key for {0} (address from {1}). A read-only key is enough to see everything.',
          host,
          source,
        );
  box.placeholder = l10n.t('Paste the API key');
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = canGoBack ? [QuickInputButtons.Back, createKey] : [createKey];
  let request: AbortController | undefined;
  let outcome: StepOutcome = 'canceled';

  const submit = async (keep: 'secretStorage' | 'window') => {
    const abort = (request = new AbortController());
    box.busy = true;
    box.enabled = false;
    box.validationMessage = undefined;
    // Not at once: usually, the answer is there before anybody has read this.
    const checking = setTimeout(() => {
      const message = l10n.t('Waiting for {0} to check the API key…', new URL(apiUrl).host);
      box.validationMessage = { message, severity: InputBoxValidationSeverity.Info };
    }, CHECKING_DELAY_MS);
    try {
      const account = await session.signIn(apiUrl, box.value, {
        keep,
        signal: abort.signal,
        onRetry: (retry) => {
          clearTimeout(checking);
          box.validationMessage = retry && {
            message: retryingText(retry),
            severity: InputBoxValidationSeverity.Warning,
          };
        },
      });
      outcome = 'done';
      box.hide();
      const name = withoutIcons(plainLine(account.organizationName, 60));
      window.setStatusBarMessage(
        keep === 'window'
          ? l10n.t('$(check) Signed in to {0} until this window closes', name)
          : l10n.t('$(check) Signed in to {0}', name),
        5000,
      );
    } catch (error) {
      if (!abort.signal.aborted) {
        box.validationMessage = signInProblem(error);
        if (error instanceof KeyNotKeptError) {
          void offerThisWindow(box).then((accepted) => (accepted ? submit('window') : undefined));
        }
      }
    } finally {
      clearTimeout(checking);
      box.busy = false;
      box.enabled = true;
    }
  };

  return new Promise((resolve) => {
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => void submit('secretStorage'));
    box.onDidTriggerButton(async (button) => {
      if (button === createKey) {
        await openInBrowser(createKeyUrl(apiUrl));
      } else {
        outcome = 'back';
        box.hide();
      }
    });
    box.onDidHide(() => {
      request?.abort();
      box.dispose();
      resolve(outcome);
    });
    box.show();
  });
}

/** A broken secret storage must not prevent a sign-in. */
async function offerThisWindow(box: InputBox): Promise<boolean> {
  const use = l10n.t('Use Until This Window Closes');
  const chosen = await window.showWarningMessage(
    l10n.t('VS Code could not save the API key.'),
    {
      modal: true,
      detail: [
        typeof box.validationMessage === 'string' ? box.validationMessage : '',
        l10n.t('The key works. You can use it until this window closes.'),
      ].join('\n\n'),
    },
    use,
  );
  return chosen === use;
}

function signInProblem(error: unknown): string {
  if (error instanceof OnaApiError) {
    return error.problem === 'keyRefused'
      ? l10n.t('{0} rejected the API key: it is invalid, expired, or deleted.', error.host)
      : errorText(error);
  }
  if (error instanceof ApiKeyFormatError) {
    switch (error.problem) {
      case 'empty':
        return l10n.t('Enter an API key.');
      case 'characters':
        return error.character === undefined ? '' : unusableCharacterText(error.character);
      case 'noOrganization':
        return l10n.t('This API key does not belong to an organization. Use another key.');
    }
  }
  if (error instanceof KeyNotKeptError) {
    return error.message === ''
      ? l10n.t("VS Code's secret storage did not keep the API key.")
      : l10n.t("VS Code's secret storage failed: {0}", reasonText(error));
  }
  return l10n.t('Could not sign in: {0}', reasonText(error));
}
