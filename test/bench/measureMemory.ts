import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cleanEnvironment } from '../vscode/environment.ts';
import { format } from './format.ts';
import { HUGE, LARGE, type OrganizationSize } from './loadPlan.ts';
import type { Memory } from './memoryProbe.ts';
import { promises } from './promises.ts';
import type { Section } from './report.ts';

/** The inventory's memory use, in a separate plain Node.js process for each size. */
export async function measureMemory(): Promise<Section> {
  const measured = [];
  for (const size of [LARGE, HUGE]) {
    measured.push({ size, memory: await measure(size) });
  }
  const each = (bytes: number, { integrations }: OrganizationSize) => bytes / integrations;
  const what = ({ runners, integrations }: OrganizationSize) =>
    `${format.count(integrations)} integrations on ${format.count(runners)} runners`;
  return {
    title: 'Memory for each integration',
    columns: ['rows', 'tree’s nodes', 'together', 'all rows'],
    rows: measured.map(({ size, memory: { data, nodes } }) => ({
      what: what(size),
      cells: [
        format.bytes(each(data, size)),
        format.bytes(each(nodes, size)),
        format.bytes(each(data + nodes, size)),
        format.kilobytes(data),
      ],
    })),
    promises: measured.map(({ size, memory }) => promises.memory(what(size), each(memory.data, size))),
    notes: [
      `The runners’ rows are shared out among the integrations. Heap after a collection, Node.js ${process.version}.`,
    ],
  };
}

async function measure({ runners, integrations }: OrganizationSize): Promise<Memory> {
  const probe = join(import.meta.dirname, 'memoryProbe.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', probe, String(runners), String(integrations)],
    { env: cleanEnvironment() },
  );
  return JSON.parse(stdout) as Memory;
}
