import { openSettings, signIn, signInAgain, signOut } from './account.ts';
import { openDashboard, openDocs, openHost } from './browser.ts';
import type { Command } from './command.ts';
import {
  copyCurl,
  copyFocused,
  copyHost,
  copyId,
  copyJson,
  copyLink,
  copyRunnerId,
  copyTerraformImport,
} from './copy.ts';
import { exportAll, exportChosen } from './export.ts';
import { clearFilter, filter } from './filter.ts';
import { find } from './find.ts';
import { compareJson, openJson } from './json.ts';
import { switchOrganization } from './switchOrganization.ts';

export { openLink } from './openLink.ts';
export { pickEntry } from './pickItem.ts';
export { runSignInFlow } from './signIn.ts';

/*
 * What a start does not need, as one file: VS Code takes about as long to open a file as to run it, and each `import()`
 * more divides what is shared into more files.
 */

export const commandsOnDemand = {
  clearFilter,
  compareJson,
  copyCurl,
  copyFocused,
  copyHost,
  copyId,
  copyJson,
  copyLink,
  copyRunnerId,
  copyTerraformImport,
  exportAll,
  exportChosen,
  filter,
  find,
  openDashboard,
  openDocs,
  openHost,
  openJson,
  openSettings,
  signIn,
  signInAgain,
  signOut,
  switchOrganization,
} as const satisfies Readonly<Record<string, Command>>;
