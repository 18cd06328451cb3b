import type { CommandContext } from './command.ts';

/** Sets and stores a filter. An open box is closed first: it would set its own again. */
export async function replaceFilter({ treeOptions }: CommandContext, text: string): Promise<void> {
  treeOptions.filterBox?.replace();
  treeOptions.filterBox = undefined;
  treeOptions.setFilter(text);
  await treeOptions.keepFilter();
}
