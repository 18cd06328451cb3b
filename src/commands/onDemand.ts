import { openSettings, signIn, signInAgain, signOut } from './account.ts';
import { openDashboard, openDocs, openHost } from './browser.ts';
import { checkAccess, checkAccessOfAll } from './checkAccess.ts';
import { connect } from './connect.ts';
import type { CommandId } from '../names.ts';
import type { Command, CommandParts } from './command.ts';
import type { CommandTarget } from './commandTarget.ts';
import { copyCurl, copyFocused, copyHost, copyId, copyJson, copyRunnerId } from './copy.ts';
import { copyDiagnosis, copyDiagnosisOfAll } from './copyDiagnosis.ts';
import { copyLink } from './copyLink.ts';
import { copyTerraformImport } from './copyTerraformImport.ts';
import { keepDetails, showDetails } from './details.ts';
import { exportAll, exportChosen } from './export.ts';
import { clearFilter, filter } from './filter.ts';
import { find } from './find.ts';
import { groupRowsBy } from './groupBy.ts';
import { compareJson, openJson } from './json.ts';
import { pickEntry } from './pickItem.ts';
import { cancelChecks } from './runningChecks.ts';
import { Selection } from './selection.ts';
import { showAll, showProblemsOnly } from './problemsOnly.ts';
import { showChanges } from './showChanges.ts';
import { showProblem } from './showProblem.ts';
import { sortByName, sortProblemsFirst } from './sortBy.ts';
import { switchOrganization } from './switchOrganization.ts';
import { validate } from './validate.ts';

export { openLink } from './openLink.ts';
export { offerSignIn } from './offerSignIn.ts';
export { notifyOfChanges } from './showChanges.ts';
export { signInForOthers } from './signInForOthers.ts';

/*
 * Everything that startup does not need, in one file: VS Code takes about as long to open a file as to run it, and each
 * additional `import()` splits the shared code into more files.
 */

/** The commands that are loaded when the first of them is run: most windows never run one. */
export const COMMANDS_ON_DEMAND: Readonly<Record<CommandId, Command>> = {
  'onaScm.signIn': signIn,
  'onaScm.signInAgain': signInAgain,
  'onaScm.signOut': signOut,
  'onaScm.switchOrganization': switchOrganization,
  'onaScm.openSettings': openSettings,
  'onaScm.showProblem': showProblem,
  'onaScm.showDetails': showDetails,
  'onaScm.keepDetails': keepDetails,
  'onaScm.find': find,
  'onaScm.filter': filter,
  'onaScm.clearFilter': clearFilter,
  'onaScm.groupByRunner': groupRowsBy('runner'),
  'onaScm.groupByProvider': groupRowsBy('provider'),
  'onaScm.groupByHost': groupRowsBy('host'),
  'onaScm.showProblemsOnly': showProblemsOnly,
  'onaScm.showAll': showAll,
  'onaScm.sortProblemsFirst': sortProblemsFirst,
  'onaScm.sortByName': sortByName,
  'onaScm.copyId': copyId,
  'onaScm.copyFocused': copyFocused,
  'onaScm.copyRunnerId': copyRunnerId,
  'onaScm.copyHost': copyHost,
  'onaScm.copyJson': copyJson,
  'onaScm.copyCurl': copyCurl,
  'onaScm.copyTerraformImport': copyTerraformImport,
  'onaScm.copyLink': copyLink,
  'onaScm.copyDiagnosis': copyDiagnosis,
  'onaScm.copyDiagnosisOfAll': copyDiagnosisOfAll,
  'onaScm.checkAccess': checkAccess,
  'onaScm.checkAccessOfAll': checkAccessOfAll,
  'onaScm.validate': validate,
  'onaScm.cancelChecks': cancelChecks,
  'onaScm.openJson': openJson,
  'onaScm.compareJson': compareJson,
  'onaScm.export': exportChosen,
  'onaScm.exportAll': exportAll,
  'onaScm.connect': connect,
  'onaScm.showChanges': showChanges,
  'onaScm.openHost': openHost,
  'onaScm.openDashboard': openDashboard,
  'onaScm.openDocs': openDocs,
};

/** Runs one of these commands. Returns what it returns. */
export function runOnDemand(parts: CommandParts, id: CommandId, on: CommandTarget): unknown {
  const command = COMMANDS_ON_DEMAND[id];
  if (command === undefined) {
    throw new Error(`The command ${id} is declared in the manifest, but not implemented.`);
  }
  const selection = new Selection({ ...parts, pick: (question) => pickEntry(parts, question) });
  return command({ ...parts, selection }, on);
}
