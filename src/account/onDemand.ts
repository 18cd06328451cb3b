/*
 * What startup does not need, in one file: each additional `import()` splits the shared code into more files.
 */

export { addFirstAccounts, reconcile } from './accountWriter.ts';
export { forgetAccount, renameAccount, signOutUnstored, storeAccount } from './apiKeyChanges.ts';
export { followSession, updateSession } from './followSession.ts';
export { signOutOf } from './signOutOf.ts';
export { verifyKey } from './verifyKey.ts';
