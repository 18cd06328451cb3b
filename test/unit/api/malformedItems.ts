import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { LeftOut } from '../../../src/api/leftOut.ts';
import type { Page } from '../../../src/api/transport/paging.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { clientOf, quiet } from './testClient.ts';

/** A value that must stay hidden, in a field of the wrong type. */
export const PLANTED = 'planted-secret';
export const WRONG_TEXT = `{"${PLANTED}":"${PLANTED}"}`;
export const WRONG_FLAG = `"${PLANTED}"`;

/** Makes the sandbox send these items, and reads them. The planted value must not be told. */
export async function integrationsIn(sandbox: Sandbox, ...items: readonly string[]) {
  sandbox.faults.set('ListSCMIntegrations', { kind: 'raw', body: `{"integrations":[${items.join()}]}` });
  const { client, lines } = clientOf(sandbox);
  return readItems(client.listScmIntegrations(quiet), lines);
}

export async function runnersIn(sandbox: Sandbox, ...items: readonly string[]) {
  sandbox.faults.set('ListRunners', { kind: 'raw', body: `{"runners":[${items.join()}]}` });
  const { client, lines } = clientOf(sandbox);
  return readItems(client.listRunners(quiet), lines);
}

/** An object with a value at a path, as JSON. */
export function jsonAt(path: string, value: string): string {
  return path.split('.').reduceRight((inner, name) => `{"${name}":${inner}}`, value);
}

async function readItems<T>(pages: AsyncIterable<Page<T>>, lines: readonly string[]) {
  const items: T[] = [];
  const leftOut: LeftOut[] = [];
  for await (const page of pages) {
    items.push(...page.items);
    leftOut.push(...page.leftOut);
  }
  assert.ok(!inspect([items, leftOut, lines], { depth: 9, showHidden: true }).includes(PLANTED));
  return { items, leftOut, lines: lines.filter((line) => !line.includes(' characters')) };
}
