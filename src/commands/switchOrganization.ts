import {
  l10n,
  type QuickInputButton,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  window,
} from 'vscode';
import { type Account, accountLabel, isSameAccount } from '../account/account.ts';
import { apiHostText } from '../words/apiHostText.ts';
import { forgetKey, signIn } from './account.ts';
import type { Command, CommandContext } from './command.ts';
import { environmentItem } from './signIn/environmentItem.ts';
import { runSignInFlow, useEnvironmentKey } from './signIn/runSignInFlow.ts';

type Choice =
  | { readonly kind: 'account' | 'remove'; readonly account: Account }
  | { readonly kind: 'environment' | 'add' };

interface ChoiceItem extends QuickPickItem {
  readonly choice?: Choice;
}

/** *Switch Organization…*: selects another account for this window. Also adds and removes keys. */
export const switchOrganization: Command = async (context) => {
  const { session } = context;
  await session.whenStarted();
  let choice = await pickChoice(context);
  while (choice?.kind === 'remove') {
    await remove(context, choice.account);
    choice = await pickChoice(context);
  }
  switch (choice?.kind) {
    case undefined:
      break;
    case 'add':
    case 'environment':
      if (session.current.kind === 'badAddress') {
        // This reports what is wrong with the address.
        await signIn(context, {});
      } else {
        await (choice.kind === 'add' ? runSignInFlow : useEnvironmentKey)(context);
      }
      break;
    case 'account':
      if (!isSameAccount(choice.account, session.account)) {
        await session.switchTo(choice.account);
      }
      break;
  }
};

function pickChoice(context: CommandContext): Promise<Choice | undefined> {
  const removeKey: QuickInputButton = {
    iconPath: new ThemeIcon('trash'),
    tooltip: l10n.t('Remove the API Key'),
  };
  const pick = window.createQuickPick<ChoiceItem>();
  pick.title = l10n.t('Switch Organization');
  pick.placeholder = l10n.t('Select the organization to show in this window');
  pick.matchOnDescription = true;
  pick.items = choiceItems(context, removeKey);
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.choice);
      pick.hide();
    });
    pick.onDidTriggerItemButton(({ item: { choice } }) => {
      if (choice?.kind === 'account') {
        resolve({ kind: 'remove', account: choice.account });
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function choiceItems(context: CommandContext, removeKey: QuickInputButton): ChoiceItem[] {
  const { session, apiKeys } = context;
  const { accounts } = session;
  const own = session.account;
  const variable = session.connection?.environmentVariable;
  const fromEnvironment = variable === undefined ? environmentItem(context) : undefined;
  const items = accounts.map((account): ChoiceItem => {
    const isOwn = isSameAccount(account, own);
    const notes = [
      apiHostText(account.origin),
      isOwn && l10n.t('shown in this window'),
      isOwn && variable !== undefined && l10n.t('from {0}', variable),
      apiKeys.isUnkept(account) && l10n.t('until this window closes'),
    ];
    return {
      iconPath: new ThemeIcon(isOwn ? 'check' : 'organization'),
      label: accountLabel(account, accounts),
      description: notes.filter((note) => note !== false).join(' · '),
      buttons: [removeKey],
      choice: { kind: 'account', account },
    };
  });
  return [
    ...items,
    { label: '', kind: QuickPickItemKind.Separator },
    ...(fromEnvironment ? [{ ...fromEnvironment, choice: { kind: 'environment' } as const }] : []),
    {
      iconPath: new ThemeIcon('add'),
      label: l10n.t('Add an API Key…'),
      choice: { kind: 'add' },
    },
  ];
}

async function remove({ session }: CommandContext, account: Account): Promise<void> {
  const action = l10n.t('Remove');
  const chosen = await window.showWarningMessage(
    l10n.t('Remove the API key for {0}?', accountLabel(account, session.accounts)),
    {
      modal: true,
      detail: l10n.t(
        'VS Code deletes the key and signs out every window that shows this organization. The key stays valid at Ona until it expires or you delete it there.',
      ),
    },
    action,
  );
  if (chosen === action) {
    await forgetKey(session, account);
  }
}
