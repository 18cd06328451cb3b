/*
 * What is loaded together soon after the start of nearly every window: once it loads or has rows, or is focused.
 */
export * from '../account/environmentWriter.ts';
export * from '../account/onDemand.ts';
export * from '../account/recordAccount.ts';
export * from '../api/hostAuthenticationTokens.ts';
export * from '../api/runnerChecks.ts';
export * from '../api/runnerSchema.ts';
export * from '../checks/keptCheckStore.ts';
export * from '../inventory/itemQuestions.ts';
export * from '../inventory/load/signInList.ts';
export * from '../inventory/onDemand.ts';
export * from '../views/tree/onDemand.ts';
export * from '../views/tree/statusDecoration.ts';
