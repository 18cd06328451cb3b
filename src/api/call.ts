import type { Procedure } from './transport/connect.ts';
import type { Page } from './transport/paging.ts';
import type { Decoder } from './wire.ts';

/** A call of the API: where it goes, and what its answer is decoded to. */
export interface Call<T> extends Procedure {
  readonly decoder: Decoder<T>;
}

/** A call whose answer is one page of a list. */
export type ListCall<T> = Call<Page<T>>;
