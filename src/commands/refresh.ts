import type { Command, CommandParts } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';

/** *Refresh*: loads all runners and integrations again. */
export const refresh: Command<CommandParts> = async ({ session, inventory }) => {
  if (await ensureSignedIn(session)) {
    await inventory.refreshNow();
  }
};
