/**
 * `npm run fuzz`: the API's answers, broken in every way, against the client and the inventory. `-- --runs 1000000` for
 * more than the default, `-- --seed 42` to repeat a run.
 */
import { parseArgs } from 'node:util';
import { answersDecodeOrFail, secretsStayIn } from './answerProperties.ts';
import { startFuzzServer } from './fuzzServer.ts';
import { itemsStandAlone } from './itemProperty.ts';
import { inventoriesLoad } from './loadProperty.ts';
import type { Property } from './runProperty.ts';
import { streamsEnd } from './streamProperty.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' } },
});
const runs = Number(values.runs);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  throw new Error('--runs is a whole number from 1 on, --seed a whole number');
}

const properties: readonly (readonly [string, Property, number])[] = [
  ['Every answer is decoded or an OnaApiError', answersDecodeOrFail, runs],
  ['Secrets stay in', secretsStayIn, Math.ceil(runs / 4)],
  ['A malformed item hides no other, and is counted', itemsStandAlone, Math.ceil(runs / 4)],
  ['Every stream ends, and secrets stay in', streamsEnd, Math.ceil(runs / 4)],
  ['Every load ends, and the tree shows all of it', inventoriesLoad, Math.ceil(runs / 20)],
];

console.log(`seed ${seed}`);
const server = await startFuzzServer();
try {
  for (const [title, property, numRuns] of properties) {
    await report(title, property, numRuns);
  }
} finally {
  await server.close();
}

async function report(title: string, property: Property, numRuns: number): Promise<void> {
  const startedAt = performance.now();
  try {
    const { values, problems } = await property(server, { numRuns, seed });
    const seconds = (performance.now() - startedAt) / 1000;
    const speed = Math.round(numRuns / seconds);
    console.log(`\n${title}: ${numRuns} runs, ${Math.round(seconds)} s, ${speed} runs/s`);
    console.log(`  ${values} values`);
    for (const [problem, count] of [...problems].toSorted(([, a], [, b]) => b - a)) {
      console.log(`  ${count} ${problem}`);
    }
  } catch (error) {
    console.error(
      `\n${title}: failed with seed ${seed}\n${error instanceof Error ? error.message : String(error)}`,
    );
    process.exitCode = 1;
  }
}
