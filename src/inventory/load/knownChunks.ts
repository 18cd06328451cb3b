import { isUuid, MAX_FILTER_IDS, PAGE_SIZE } from '../../api/transport/limits.ts';

/** Number of runners processed between two pauses. */
const STEP = 1000;

/** Number of chunks formed between two pauses. */
const CHUNK_STEP = 100;

/** Chunks of runners whose numbers of integrations are known from an earlier load. */
export interface KnownChunks {
  /**
   * Only a few, but the answer to each should fit on one page. Runners with more than a page come first: they take
   * longer. Runners without integrations only fill up chunks: there may be many, and little to read of them.
   */
  readonly chunks: readonly (readonly string[])[];
  /** Those that are in a chunk. */
  readonly runnerIds: ReadonlySet<string>;
  /** Integrations per runner. */
  readonly average: number;
}

/** @param runnerIds those that the API's filter would reject are left out */
export function* knownChunkSteps(
  runnerIds: readonly string[],
  countOf: (runnerId: string) => number,
): Generator<void, KnownChunks, undefined> {
  const known = new Set<string>();
  const byCount: string[][] = Array.from({ length: PAGE_SIZE + 1 }, () => []);
  let eligible = 0;
  let total = 0;
  // From the end, because each chunk takes them from the end.
  for (let i = runnerIds.length - 1; i >= 0; i--) {
    const id = runnerIds[i] ?? '';
    if (isUuid(id)) {
      const count = countOf(id);
      eligible++;
      byCount[Math.min(PAGE_SIZE, count)]?.push(id);
      total += count;
    }
    if (i % STEP === 0) {
      yield;
    }
  }
  const chunks: (readonly string[])[] = [];
  while (byCount.some((ids, count) => count > 0 && ids.length > 0)) {
    const chunk = takeChunk(byCount);
    chunks.push(chunk);
    chunk.forEach((id) => known.add(id));
    if (chunks.length % CHUNK_STEP === 0) {
      yield;
    }
  }
  return { chunks, runnerIds: known, average: total / Math.max(1, eligible) };
}

/** Forms a chunk: takes the largest runners that fit, one after another. */
function takeChunk(byCount: readonly string[][]): readonly string[] {
  const chunk: string[] = [];
  let room = PAGE_SIZE;
  for (let count = PAGE_SIZE; count >= 0 && chunk.length < MAX_FILTER_IDS;) {
    const id = count <= room ? byCount[count]?.pop() : undefined;
    if (id === undefined) {
      count--;
    } else {
      chunk.push(id);
      room -= count;
    }
  }
  return chunk;
}
