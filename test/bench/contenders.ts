/** The loaders of the lists, in table order. */
export const contenders = {
  ours: 'ours',
  refreshed: 'ours, refreshed',
  pagesOf100: 'pages of 100',
  pagesOf25: 'pages of 25',
  runnerPages: 'runner pages alone',
  sdk: '@gitpod/sdk 0.6.0',
} as const;

export type Contender = keyof typeof contenders;

export const contenderNames = Object.keys(contenders) as Contender[];

/** Makes one for each contender. */
export function forEachContender<T>(make: (contender: Contender) => T): Record<Contender, T> {
  return Object.fromEntries(contenderNames.map((name) => [name, make(name)])) as Record<Contender, T>;
}
