import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Names the folder through which the bench and a probe in the extension host communicate. */
export const EXCHANGE_VARIABLE = 'ONA_BENCH_EXCHANGE';

/** One message of the exchange, in its own file. */
export const exchange = { input: exchangeFile('input.json'), output: exchangeFile('output.json') } as const;

function exchangeFile(name: string) {
  return {
    async write(folder: string, message: unknown): Promise<void> {
      await writeFile(join(folder, name), JSON.stringify(message));
    },
    /** @throws if nothing was written */
    async read(folder: string): Promise<unknown> {
      return JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
    },
  };
}
