/**
 * `node --expose-gc --import tsx memoryProbe.ts <runners> <integrations>`: prints, as JSON, how many bytes an
 * organization's rows take, and the tree's nodes for them.
 */
import type { ListClient } from '../../src/inventory/load/listParts.ts';
import { Loader } from '../../src/inventory/load/loader.ts';
import { NO_DATA, type InventoryData } from '../../src/inventory/model.ts';
import { groupAll } from './groupAll.ts';
import { decodeIntegrations, decodeRunners, type PageTexts, pageTexts } from './decodedRows.ts';

export interface Memory {
  readonly data: number;
  readonly nodes: number;
}

const [runners, integrations] = process.argv.slice(2).map(Number);
if (runners === undefined || integrations === undefined) {
  throw new Error('This is a part of npm run bench.');
}
// A first run, so that compiled code does not count as rows.
groupAll(await load(pageTexts({ runners: 100, integrations: 500 })));
const texts = pageTexts({ runners, integrations });
const before = heapUsed();
const data = await load(texts);
const loaded = heapUsed();
const nodes = groupAll(data);
const grouped = heapUsed();
// Keeps all of them alive until here: a collected one would be subtracted.
if (data.integrations.length !== integrations || nodes.length !== runners || texts.runners.length === 0) {
  throw new Error(`Only ${data.integrations.length} integrations on ${nodes.length} runners were loaded`);
}
const memory: Memory = { data: loaded - before, nodes: grouped - loaded };
console.log(JSON.stringify(memory));

async function load(pages: PageTexts): Promise<InventoryData> {
  const client: ListClient = {
    listRunners: () => decodePages(pages.runners, decodeRunners),
    listScmIntegrations: () => decodePages(pages.integrations, decodeIntegrations),
    getRunner: () => Promise.reject(new Error('Nobody asks for a single runner here')),
  };
  const running = new Loader(client, NO_DATA, {
    signal: new AbortController().signal,
    onChange: () => undefined,
  });
  await running.everything('plain');
  return running.data;
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
