import type { Description } from './described.ts';
import type { Procedure } from './transport/connect.ts';
import type { Page } from './transport/paging.ts';
import type { Decoder, Fault } from './wire.ts';

/** An API call: its procedure, and the decoder of its response. */
export interface Call<T> extends Procedure {
  readonly decoder: Decoder<T>;
}

/** A page whose malformed items are still as the API sent them. */
export interface DecodedPage<T> extends Omit<Page<T>, 'leftOut'> {
  readonly rejected: readonly unknown[];
  /** Why it is not known whether there are more pages. */
  readonly fault?: Fault | undefined;
}

/** A call whose response is one page of a list, or one item of it. */
export interface ListCall<T> extends Call<DecodedPage<T>> {
  readonly item: Description<T>;
}
