import type { Uri } from 'vscode';
import type { Account } from '../account/account.ts';
import type { Change } from '../inventory/changes.ts';
import type { CommandId } from '../names.ts';
import { TreeElement } from '../views/tree/treeElement.ts';
import type { Command, CommandParts } from './command.ts';
import type { CommandTarget } from './commandTarget.ts';
import { openFocusedRow, openRow } from './openRow.ts';
import { refresh } from './refresh.ts';
import type { SignInContext } from './signIn/signInStep.ts';

/** The commands that are loaded at startup, because they are short or run often. The others are in `onDemand.ts`. */
export const COMMANDS: Readonly<Record<CommandId, Command<CommandParts>>> = {
  'onaScm.refresh': refresh,
  'onaScm.retryRunners': ({ inventory }) => inventory.retryFailedRunners(),
  'onaScm.cancelRefresh': ({ inventory }) => inventory.cancel(),
  'onaScm.showMore': ({ view }, { row }) => view.showMore(row instanceof TreeElement ? row : undefined),
  'onaScm.openRow': openRow,
  'onaScm.openFocusedRow': openFocusedRow,
  'onaScm.showLog': ({ log }) => log.show(),
};

/**
 * Runs a command.
 *
 * @returns what the command returns
 */
export async function runCommand(parts: CommandParts, id: CommandId, on: CommandTarget): Promise<unknown> {
  const command = COMMANDS[id];
  if (command !== undefined) {
    return command(parts, on);
  }
  const { runOnDemand } = await import('./onDemand.ts');
  return runOnDemand(parts, id, on);
}

/**
 * Lets the user sign in because another extension asks for a session.
 *
 * @throws Error that says why there is no account
 */
export async function signInForOthers(context: SignInContext): Promise<Account> {
  const { signInForOthers: signIn } = await import('./onDemand.ts');
  return signIn(context);
}

/** Notifies the user of changes that can break clones. */
export async function notifyOfChanges(
  parts: Pick<CommandParts, 'changes'>,
  changes: readonly Change[],
): Promise<void> {
  const { notifyOfChanges: notify } = await import('./onDemand.ts');
  await notify(parts, changes);
}

/** Follows a link into the extension. */
export async function openLink(parts: CommandParts, uri: Uri): Promise<void> {
  const { openLink: open } = await import('./onDemand.ts');
  await open(parts, uri);
}
