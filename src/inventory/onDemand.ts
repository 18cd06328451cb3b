/*
 * What derives the statuses. Loaded together once a load starts or cached rows are there, so that start-up is quick.
 */
export { Alarm } from '../base/alarm.ts';
export { nextStatusChange } from './nextStatusChange.ts';
export { SignInIndex } from './signInIndex.ts';
export { statusSteps } from './statusSteps.ts';
