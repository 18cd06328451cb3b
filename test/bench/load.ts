/** When a load had its rows, in milliseconds since its start, and the number of rows. */
export interface Load {
  /** The first rows of either list. */
  readonly first: number;
  /** All rows of all requested lists. */
  readonly all: number;
  /** The load knows that it is complete. */
  readonly ended: number;
  readonly runners: number;
  readonly integrations: number;
}

/** A load that did not complete. */
export type Stopped =
  /** @param pageMs the time for each of its pages */
  | { readonly kind: 'repeats'; readonly pageMs: number }
  | { readonly kind: 'failed'; readonly message: string };

export type LoadResult = Load | Stopped;

export function isLoad(result: LoadResult): result is Load {
  return 'first' in result;
}
