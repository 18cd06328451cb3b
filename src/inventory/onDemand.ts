/*
 * What derives the statuses, and reads and writes the cache. Loaded together once a load starts or there are cached
 * rows, so that start-up is quick.
 */
export { Alarm } from '../base/alarm.ts';
export { forgetRows, writeRows } from './cacheChanges.ts';
export { readRows } from './cacheFormat.ts';
export { nextStatusChange } from './nextStatusChange.ts';
export { SignInIndex } from './signInIndex.ts';
export { statusSteps } from './statusSteps.ts';
