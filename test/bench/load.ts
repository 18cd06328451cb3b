/** When a load had its rows, in milliseconds since it was asked for, and how many they were. */
export interface Load {
  /** The first rows of either list. */
  readonly first: number;
  /** All rows of all lists asked for. */
  readonly all: number;
  /** The load knows that nothing is missing. */
  readonly ended: number;
  readonly runners: number;
  readonly integrations: number;
}

/** A load that did not end by itself. */
export type Stopped =
  /** @param pageMs what each of its pages took */
  | { readonly kind: 'repeats'; readonly pageMs: number }
  | { readonly kind: 'failed'; readonly message: string };

export type LoadResult = Load | Stopped;

export function isLoad(result: LoadResult): result is Load {
  return 'first' in result;
}
