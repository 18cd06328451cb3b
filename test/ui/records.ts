import { appendFileSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What workers report besides test results. */
export type RunRecord =
  /** A window was opened or reloaded, and was ready after `ms`. */
  | { readonly kind: 'window'; readonly ms: number }
  /** A stage was closed while `count` extension hosts without a window were still running. */
  | { readonly kind: 'left'; readonly count: number };

/** Directory of a run's pictures, traces and records. */
export const outputDir = join('out', 'ui');

const file = join(outputDir, 'records.jsonl');

export function record(entry: RunRecord): void {
  mkdirSync(outputDir, { recursive: true });
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

export async function readRecords(): Promise<readonly RunRecord[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as RunRecord);
}
