import type { JsonValue } from '@bufbuild/protobuf';
import * as v from 'valibot';
import { pageNumberOf } from './paging.ts';

/** Decides whether a fault applies to a call. */
export interface FaultedCall {
  /** 0 for the first page and for calls without pages. */
  readonly page: number;
  /** Those that its filter names. */
  readonly runnerIds: readonly string[];
  /** Whether its connection has served a request before. */
  readonly reused: boolean;
}

const FilteredSchema = v.object({ filter: v.object({ runnerIds: v.array(v.string()) }) });

export function faultedCallOf(body: JsonValue | undefined, reused: boolean): FaultedCall {
  const runnerIds = v.is(FilteredSchema, body) ? body.filter.runnerIds : [];
  return { page: pageNumberOf(body), runnerIds, reused };
}
