import type { Procedure } from './transport/connect.ts';
import type { Page } from './transport/paging.ts';
import type { Decoder } from './wire.ts';

/** An API call: its procedure, and the decoder of its response. */
export interface Call<T> extends Procedure {
  readonly decoder: Decoder<T>;
}

/** A call whose response is one page of a list. */
export type ListCall<T> = Call<Page<T>>;
