import type { JsonValue } from '@bufbuild/protobuf';
import * as v from 'valibot';
import { pageNumberOf } from './paging.ts';

/** Decides whether a fault applies to a call. */
export interface FaultedCall {
  /** 0 for the first page and for calls without pages. */
  readonly page: number;
  /** Those that its filter names, or the one that it asks for. */
  readonly runnerIds: readonly string[];
  /** Whether its connection has served a request before. */
  readonly reused: boolean;
}

const NamedSchema = v.union([
  v.pipe(
    v.object({ runnerIds: v.array(v.string()) }),
    v.transform(({ runnerIds }) => runnerIds),
  ),
  v.pipe(
    v.object({ runnerId: v.string() }),
    v.transform(({ runnerId }) => [runnerId]),
  ),
]);
const FilteredSchema = v.pipe(
  v.object({ filter: NamedSchema }),
  v.transform(({ filter }) => filter),
);
const RunnerIdsSchema = v.fallback(v.union([FilteredSchema, NamedSchema]), []);

export function faultedCallOf(body: JsonValue | undefined, reused: boolean): FaultedCall {
  return { page: pageNumberOf(body), runnerIds: v.parse(RunnerIdsSchema, body), reused };
}
