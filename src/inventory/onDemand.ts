/*
 * What derives the statuses, loaded together as soon as a load starts: rows are not there before its first answer.
 */
export { Alarm } from '../base/alarm.ts';
export { nextStatusChange } from './nextStatusChange.ts';
export { SignInIndex } from './signInIndex.ts';
export { statusSteps } from './statusSteps.ts';
