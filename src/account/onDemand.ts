/*
 * What startup does not need, in one file: each additional `import()` splits the shared code into more files. With a stored
 * key, a window that nobody signs in to or out of loads it after its first rows.
 */

export { addFirstAccounts, reconcile } from './accountWriter.ts';
export { forgetAccount, renameAccount, signOutUnstored, storeAccount } from './apiKeyChanges.ts';
export { askForAccount } from './askForAccount.ts';
export { acceptKey, rememberAccount } from './environmentWriter.ts';
export { followSession, updateSession } from './followSession.ts';
export { signOutOf } from './signOutOf.ts';
export { verifyKey } from './verifyKey.ts';
