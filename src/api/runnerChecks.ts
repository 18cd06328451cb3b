/*
 * The calls that ask a runner something. Loaded together, when somebody first wants to know.
 */
export { CHECK_AUTHENTICATION_FOR_HOST } from './hostAccess.ts';
export { VALIDATE_RUNNER_CONFIGURATION } from './validation.ts';
