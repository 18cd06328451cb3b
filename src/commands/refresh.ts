import type { Command } from './command.ts';
import { ensureSignedIn } from './ensureSignedIn.ts';

/** *Refresh*: loads all runners and integrations again. */
export const refresh: Command = async ({ session, inventory }) => {
  if (await ensureSignedIn(session)) {
    await inventory.refreshNow();
  }
};
