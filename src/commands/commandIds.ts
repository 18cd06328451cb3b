/** Every command of the manifest; a test holds both lists together. A file of its own: an activation registers them. */
export const COMMAND_IDS = [
  'onaScm.signIn',
  'onaScm.signInAgain',
  'onaScm.signOut',
  'onaScm.switchOrganization',
  'onaScm.openSettings',
  'onaScm.refresh',
  'onaScm.cancelRefresh',
  'onaScm.find',
  'onaScm.filter',
  'onaScm.clearFilter',
  'onaScm.groupByRunner',
  'onaScm.groupByProvider',
  'onaScm.groupByHost',
  'onaScm.showMore',
  'onaScm.showProblem',
  'onaScm.showDetails',
  'onaScm.keepDetails',
  'onaScm.copyId',
  'onaScm.copyRunnerId',
  'onaScm.copyHost',
  'onaScm.showLog',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];
