import type { Uri } from 'vscode';
import type { ItemEntry } from '../inventory/groups.ts';
import type { CommandId } from '../names.ts';
import { TreeElement } from '../views/tree/treeElement.ts';
import type { Command, CommandContext } from './command.ts';
import type { CommandTarget } from './commandTarget.ts';
import { keepDetails, openFocusedRow, openRow, showDetails } from './details.ts';
import { groupRowsBy } from './groupBy.ts';
import { refresh, showProblem } from './load.ts';
import type { commandsOnDemand } from './onDemand.ts';
import type { PickSource } from './pickItem.ts';
import type { Question } from './selection.ts';
import type { SignInContext } from './signIn.ts';

/** A command that is loaded when the first such command is run: most windows never run one. */
function onDemand(name: keyof typeof commandsOnDemand): Command {
  return async (context, on) => (await import('./onDemand.ts')).commandsOnDemand[name](context, on);
}

const COMMANDS: Readonly<Record<CommandId, Command>> = {
  'onaScm.signIn': onDemand('signIn'),
  'onaScm.signInAgain': onDemand('signInAgain'),
  'onaScm.signOut': onDemand('signOut'),
  'onaScm.switchOrganization': onDemand('switchOrganization'),
  'onaScm.openSettings': onDemand('openSettings'),
  'onaScm.refresh': refresh,
  'onaScm.retryRunners': ({ inventory }) => inventory.retryFailedRunners(),
  'onaScm.cancelRefresh': ({ inventory }) => inventory.cancel(),
  'onaScm.find': onDemand('find'),
  'onaScm.filter': onDemand('filter'),
  'onaScm.clearFilter': onDemand('clearFilter'),
  'onaScm.groupByRunner': groupRowsBy('runner'),
  'onaScm.groupByProvider': groupRowsBy('provider'),
  'onaScm.groupByHost': groupRowsBy('host'),
  'onaScm.showMore': ({ view }, { row }) => view.showMore(row instanceof TreeElement ? row : undefined),
  'onaScm.showProblem': showProblem,
  'onaScm.showDetails': showDetails,
  'onaScm.keepDetails': keepDetails,
  'onaScm.openRow': openRow,
  'onaScm.openFocusedRow': openFocusedRow,
  'onaScm.copyId': onDemand('copyId'),
  'onaScm.copyFocused': onDemand('copyFocused'),
  'onaScm.copyRunnerId': onDemand('copyRunnerId'),
  'onaScm.copyHost': onDemand('copyHost'),
  'onaScm.copyJson': onDemand('copyJson'),
  'onaScm.copyCurl': onDemand('copyCurl'),
  'onaScm.copyTerraformImport': onDemand('copyTerraformImport'),
  'onaScm.copyLink': onDemand('copyLink'),
  'onaScm.openJson': onDemand('openJson'),
  'onaScm.compareJson': onDemand('compareJson'),
  'onaScm.export': onDemand('exportChosen'),
  'onaScm.exportAll': onDemand('exportAll'),
  'onaScm.openHost': onDemand('openHost'),
  'onaScm.openDashboard': onDemand('openDashboard'),
  'onaScm.openDocs': onDemand('openDocs'),
  'onaScm.showLog': ({ log }) => log.show(),
};

/** Runs a command. Its result stays here: a command's answer is visible to every extension. */
export async function runCommand(context: CommandContext, id: CommandId, on: CommandTarget): Promise<void> {
  await COMMANDS[id](context, on);
}

/** Lets a person pick a runner or an integration. */
export async function pickEntry<T extends ItemEntry>(
  source: PickSource,
  question: Question<T>,
): Promise<T | undefined> {
  const { pickEntry: pick } = await import('./onDemand.ts');
  return pick(source, question);
}

/** Lets a person sign in. @returns whether they did */
export async function runSignInFlow(context: SignInContext): Promise<boolean> {
  const { runSignInFlow: signIn } = await import('./onDemand.ts');
  return signIn(context);
}

/** Follows a link into the extension. */
export async function openLink(context: CommandContext, uri: Uri): Promise<void> {
  const { openLink: open } = await import('./onDemand.ts');
  await open(context, uri);
}
