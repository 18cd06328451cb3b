/**
 * `node --expose-gc --import tsx memoryProbe.ts <runners> <integrations>`: prints, as JSON, how many bytes the rows of an
 * organization keep, and the tree's nodes over them.
 */
import { InventoryLoad, type ListClient } from '../../src/inventory/load.ts';
import { NO_ROWS, type Rows } from '../../src/inventory/model.ts';
import { groupAll } from './groupAll.ts';
import { decodeIntegrations, decodeRunners, type PageTexts, pageTexts } from './decodedRows.ts';

export interface Memory {
  readonly rows: number;
  readonly nodes: number;
}

const [runners, integrations] = process.argv.slice(2).map(Number);
if (runners === undefined || integrations === undefined) {
  throw new Error('This is a part of npm run bench.');
}
// Once beforehand, so that code compiled on the way is not taken for rows.
groupAll(await load(pageTexts({ runners: 100, integrations: 500 })));
const texts = pageTexts({ runners, integrations });
const before = heapUsed();
const rows = await load(texts);
const loaded = heapUsed();
const nodes = groupAll(rows);
const grouped = heapUsed();
// All must live until here: what is collected before would be taken off.
if (rows.integrations.length !== integrations || nodes.length !== runners || texts.runners.length === 0) {
  throw new Error(`Only ${rows.integrations.length} integrations on ${nodes.length} runners were loaded`);
}
const memory: Memory = { rows: loaded - before, nodes: grouped - loaded };
console.log(JSON.stringify(memory));

async function load(pages: PageTexts): Promise<Rows> {
  const client: ListClient = {
    listRunners: () => decodePages(pages.runners, decodeRunners),
    listScmIntegrations: () => decodePages(pages.integrations, decodeIntegrations),
  };
  const running = new InventoryLoad(client, NO_ROWS, {
    signal: new AbortController().signal,
    onChange: () => undefined,
  });
  await running.everything('plain');
  return running.rows;
}

async function* decodePages<T>(pages: readonly string[], decode: (text: string) => T): AsyncGenerator<T> {
  for (const text of pages) {
    yield await Promise.resolve(decode(text));
  }
}

/** In bytes. @throws without `--expose-gc` */
function heapUsed(): number {
  if (globalThis.gc === undefined) {
    throw new Error('--expose-gc is missing');
  }
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
