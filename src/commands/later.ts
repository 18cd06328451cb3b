import { openDashboard, openDocs, openHost } from './browser.ts';
import { copyCurl, copyJson, copyLink, copyTerraformImport } from './copyAs.ts';
import { clearFilter, filter } from './filter.ts';
import { find } from './find.ts';
import { exportAll, exportChosen } from './export.ts';
import type { CommandContext, CommandTarget } from './index.ts';
import { compareJson, openJson } from './json.ts';
import type * as selection from './selection.ts';

export { openLink } from './openLink.ts';
export { pickRow, rowItems } from './pickRow.ts';

/** What these commands may ask, and how rows are chosen: they share no code with those that are loaded before. */
export interface LaterContext extends CommandContext {
  readonly selection: typeof selection;
}

/** A command as `Command` is one. */
export type LaterCommand = (
  context: LaterContext,
  row: CommandTarget | undefined,
  rows: readonly CommandTarget[] | undefined,
) => unknown;

/** Commands that a start does not need: a file of their own, loaded when the first of them is run. */
export const LATER_COMMANDS = {
  find,
  filter,
  clearFilter,
  copyJson,
  copyCurl,
  copyTerraformImport,
  copyLink,
  openJson,
  compareJson,
  exportChosen,
  exportAll,
  openHost,
  openDashboard,
  openDocs,
} as const satisfies Record<string, LaterCommand>;

export type LaterCommands = typeof LATER_COMMANDS;
