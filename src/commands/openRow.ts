import { commands } from 'vscode';
import type { Command } from './command.ts';

/** A click on the row of an integration: shows its details without taking the focus; a double click keeps them open. */
export const openRow: Command = async ({ selection, panels: { details } }, { row }) => {
  const [entry] = row === undefined ? [] : selection.inTree({ row });
  if (entry !== undefined) {
    await details.click(entry.ref);
  }
};

/** Enter in the tree: expands a runner, and keeps the details of an integration open. */
export const openFocusedRow: Command = ({ panels: { details } }) =>
  details.enter(() => commands.executeCommand('list.select'));
