import { expect } from '@playwright/test';
import { actionTimeout } from './speed.ts';

/**
 * Repeats an action and the wait for its effect until the effect shows: VS Code redraws rows and menus at any time, and
 * an action during a redraw is lost.
 *
 * @param action gets the time limit for each of its waits, in ms
 */
export async function again(action: (patience: number) => Promise<void>): Promise<void> {
  await expect(() => action(actionTimeout / 4)).toPass({ timeout: actionTimeout });
}
