/*
 * What is loaded together as soon as there is a key: a key from the environment needs all of it at the start.
 */
export * from '../account/askForAccount.ts';
export * from '../api/onaClient.ts';
