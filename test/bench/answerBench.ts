import { EXCHANGE_VARIABLE, exchange } from './exchange.ts';

/** In the extension host: takes the bench's measurement, and leaves the result where the bench looks for it. */
export async function answerBench(measure: (input: unknown) => Promise<unknown>): Promise<void> {
  const folder = process.env[EXCHANGE_VARIABLE];
  if (folder === undefined) {
    throw new Error(`${EXCHANGE_VARIABLE} is not set: this is a part of npm run bench.`);
  }
  await exchange.output.write(folder, await measure(await exchange.input.read(folder)));
}
