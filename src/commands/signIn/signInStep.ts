import type { CommandParts } from '../command.ts';

/** The parts of the application that the steps of a sign-in use. */
export type SignInContext = Pick<CommandParts, 'session' | 'environment'>;

/** How a step ended. The user may go back to the previous step, or cancel. */
export type StepOutcome = 'done' | 'back' | 'canceled';
