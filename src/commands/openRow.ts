import { commands } from 'vscode';
import type { Command, CommandParts } from './command.ts';
import { itemsOfRows } from './itemsOfRows.ts';

/** A click on the row of an integration: shows its details without taking the focus; a double click keeps them open. */
export const openRow: Command<CommandParts> = async ({ panels: { details } }, { row }) => {
  const [entry] = row === undefined ? [] : itemsOfRows([row]);
  if (entry !== undefined) {
    await details.click(entry.ref);
  }
};

/** Enter in the tree: expands a runner, and keeps the details of an integration open. */
export const openFocusedRow: Command<CommandParts> = ({ panels: { details } }) =>
  details.enter(() => commands.executeCommand('list.select'));
