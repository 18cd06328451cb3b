import { openSettings, signIn, signInAgain, signOut } from './account.ts';
import { openDashboard, openDocs, openHost } from './browser.ts';
import type { CommandId } from '../names.ts';
import type { Command } from './command.ts';
import { copyCurl, copyFocused, copyHost, copyId, copyJson, copyRunnerId } from './copy.ts';
import { copyLink } from './copyLink.ts';
import { copyTerraformImport } from './copyTerraformImport.ts';
import { keepDetails, showDetails } from './details.ts';
import { exportAll, exportChosen } from './export.ts';
import { clearFilter, filter } from './filter.ts';
import { find } from './find.ts';
import { compareJson, openJson } from './json.ts';
import { showProblem } from './showProblem.ts';
import { switchOrganization } from './switchOrganization.ts';

export { openLink } from './openLink.ts';
export { pickEntry } from './pickItem.ts';
export { runSignInFlow } from './signIn/runSignInFlow.ts';

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
  'onaScm.copyId': copyId,
  'onaScm.copyFocused': copyFocused,
  'onaScm.copyRunnerId': copyRunnerId,
  'onaScm.copyHost': copyHost,
  'onaScm.copyJson': copyJson,
  'onaScm.copyCurl': copyCurl,
  'onaScm.copyTerraformImport': copyTerraformImport,
  'onaScm.copyLink': copyLink,
  'onaScm.openJson': openJson,
  'onaScm.compareJson': compareJson,
  'onaScm.export': exportChosen,
  'onaScm.exportAll': exportAll,
  'onaScm.openHost': openHost,
  'onaScm.openDashboard': openDashboard,
  'onaScm.openDocs': openDocs,
};
