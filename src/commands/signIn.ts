import {
  env,
  type InputBox,
  InputBoxValidationSeverity,
  l10n,
  QuickInputButtons,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  Uri,
  window,
} from 'vscode';
import { type Account, accountLabel } from '../account/account.ts';
import { KeyNotKeptError } from '../account/apiKeys.ts';
import { ApiKeyFormatError, isSendableApiKey } from '../account/apiKeyFormat.ts';
import { createKeyUrl, parseApiUrl } from '../account/apiUrl.ts';
import { OnaApiError } from '../api/transport/errors.ts';
import { plainLine } from '../base/plainLine.ts';
import { addressProblemText, errorText, retryingText } from '../words/errors.ts';
import { withoutIcons, withoutLinks } from '../base/text.ts';
import type { CommandContext } from './command.ts';

export type SignInContext = Pick<CommandContext, 'session' | 'environment'>;

type Way =
  | { readonly kind: 'key' | 'browser' | 'host' | 'environment' }
  | { readonly kind: 'account'; readonly account: Account };

/** How a step ended: a person may go back to the one before, or give up. */
type Outcome = 'done' | 'back' | 'canceled';

/** Asks how to sign in, then for what that needs. @returns whether somebody signed in */
export async function runSignInFlow(context: SignInContext): Promise<boolean> {
  const { session } = context;
  let outcome: Outcome;
  do {
    const way = await pickWay(context);
    const apiUrl = session.apiUrl();
    switch (way?.kind) {
      case undefined:
        return false;
      case 'key':
        outcome = await askForKey(context, apiUrl, true);
        break;
      case 'browser':
        await env.openExternal(Uri.parse(createKeyUrl(apiUrl)));
        outcome = await askForKey(context, apiUrl, true);
        break;
      case 'host': {
        const address = await askForAddress();
        outcome = 'apiUrl' in address ? await askForKey(context, address.apiUrl, true) : address.outcome;
        break;
      }
      case 'environment':
        return useEnvironmentKey(context);
      case 'account':
        await session.switchTo(way.account);
        return true;
    }
  } while (outcome === 'back');
  return outcome === 'done';
}

/**
 * Signs in with the environment's key. A dev container can set the address that it goes to: a person confirms it first.
 *
 * @returns whether the key is used
 */
export async function useEnvironmentKey({ session, environment }: SignInContext): Promise<boolean> {
  const { current } = session;
  if (current.kind !== 'unconfirmedAddress') {
    await session.useEnvironmentKey();
    return true;
  }
  const { apiUrl, variable } = current;
  const use = l10n.t('Use This Address');
  const chosen = await window.showWarningMessage(
    l10n.t('Send the API key of {0} to {1}?', environment.key()?.variable ?? '', new URL(apiUrl).host),
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
  if (chosen !== use) {
    return false;
  }
  await session.useEnvironmentKey(apiUrl);
  return true;
}

async function pickWay({ session, environment }: SignInContext): Promise<Way | undefined> {
  const { current, accounts } = session;
  const apiUrl = session.apiUrl();
  const { host } = new URL(apiUrl);
  const lost = current.kind === 'signedOut' ? current.lost : undefined;
  const key = environment.key();
  const item = (icon: string, label: string, description: string, way: Way) => ({
    iconPath: new ThemeIcon(icon),
    label,
    description,
    way,
  });
  const separator = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
  const items: (QuickPickItem & { way?: Way })[] = [
    item('key', l10n.t('Enter an API Key'), l10n.t('for {0}', host), { kind: 'key' }),
    ...(key !== undefined && isSendableApiKey(key.apiKey)
      ? [
          item('terminal', l10n.t('Use {0} from the Environment', key.variable), l10n.t('for {0}', host), {
            kind: 'environment',
          }),
        ]
      : []),
    item('link-external', l10n.t('Create a Key in the Browser'), new URL(createKeyUrl(apiUrl)).host, {
      kind: 'browser',
    }),
    item('server', l10n.t('Use Another Ona Host…'), '', { kind: 'host' }),
  ];
  const others = session.connection !== undefined ? [] : accounts.filter((account) => account !== lost);
  if (others.length > 0) {
    items.push(
      separator(l10n.t('signed in before')),
      ...others.map((account) =>
        item('account', withoutIcons(accountLabel(account, accounts)), new URL(account.origin).host, {
          kind: 'account',
          account,
        }),
      ),
    );
  }
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Sign In to Ona'),
    placeHolder:
      lost === undefined
        ? l10n.t('A read-only API key is enough.')
        : l10n.t(
            'The secret storage of VS Code has no API key of {0} any more. A read-only one is enough.',
            plainLine(lost.organizationName, 60),
          ),
  });
  return chosen?.way;
}

/** The address of an Ona of one's own. */
function askForAddress(): Promise<{ apiUrl: string } | { outcome: Outcome }> {
  const box = window.createInputBox();
  box.title = l10n.t('Use Another Ona Host');
  box.prompt = l10n.t('Host or address of the API. The API key is sent there and nowhere else.');
  box.placeholder = 'ona.example.com';
  box.ignoreFocusOut = true;
  box.buttons = [QuickInputButtons.Back];
  return new Promise((resolve) => {
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => {
      const parsed = parseApiUrl(box.value);
      if (parsed.ok) {
        resolve({ apiUrl: parsed.apiUrl });
        box.hide();
      } else {
        box.validationMessage = addressProblemText(parsed.problem);
      }
    });
    box.onDidTriggerButton(() => {
      resolve({ outcome: 'back' });
      box.hide();
    });
    box.onDidHide(() => {
      resolve({ outcome: 'canceled' });
      box.dispose();
    });
    box.show();
  });
}

/** The box stays open with the reason until a key works or the person gives up. */
export function askForKey(
  { session }: Pick<SignInContext, 'session'>,
  apiUrl: string,
  canGoBack: boolean,
): Promise<Outcome> {
  const createKey = {
    iconPath: new ThemeIcon('link-external'),
    tooltip: l10n.t('Create an API Key in the Browser'),
  };
  const box = window.createInputBox();
  box.title = l10n.t('Sign In to Ona');
  box.prompt = l10n.t('API key for {0}. A read-only key is enough.', new URL(apiUrl).host);
  box.placeholder = l10n.t('Paste the API key');
  box.password = true;
  box.ignoreFocusOut = true;
  box.buttons = canGoBack ? [QuickInputButtons.Back, createKey] : [createKey];
  let request: AbortController | undefined;
  let outcome: Outcome = 'canceled';

  const submit = async (keep: 'secretStorage' | 'window') => {
    const abort = (request = new AbortController());
    box.busy = true;
    box.enabled = false;
    box.validationMessage = undefined;
    try {
      const account = await session.signIn(apiUrl, box.value, {
        keep,
        signal: abort.signal,
        onRetry: (retry) => {
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
          ? l10n.t('$(check) Signed in to {0}, until this window closes', name)
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
      box.busy = false;
      box.enabled = true;
    }
  };

  return new Promise((resolve) => {
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => void submit('secretStorage'));
    box.onDidTriggerButton(async (button) => {
      if (button === createKey) {
        await env.openExternal(Uri.parse(createKeyUrl(apiUrl)));
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

/** A secret storage that does not work keeps nobody from working. */
async function offerThisWindow(box: InputBox): Promise<boolean> {
  const use = l10n.t('Use Until This Window Closes');
  const chosen = await window.showWarningMessage(
    l10n.t('VS Code could not keep the API key.'),
    {
      modal: true,
      detail: [
        typeof box.validationMessage === 'string' ? box.validationMessage : '',
        l10n.t('It works, and can be used in this window only: it is forgotten with it.'),
      ].join('\n\n'),
    },
    use,
  );
  return chosen === use;
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
  const reason = error instanceof Error ? withoutLinks(error.message) : '';
  if (error instanceof KeyNotKeptError) {
    return reason === ''
      ? l10n.t('The secret storage of VS Code forgot the API key at once.')
      : l10n.t('The secret storage of VS Code failed: {0}', reason);
  }
  return l10n.t('Signing in failed: {0}', reason);
}
