import { Uri } from 'vscode';
import { plainLine } from '../../base/plainLine.ts';
import { targetOf } from '../details/detailsTarget.ts';
import type { DetailsTarget } from '../details/messages.ts';
import type { ItemNode, RunnerNode } from '../tree/nodes.ts';
import { runnerName } from '../tree/runnerText.ts';
import { hostText } from '../tree/rowText.ts';
import { DOCUMENT_SCHEME } from './scheme.ts';

/** The document of a row: the path is for people, the query tells what it is about. */
export function documentUri(node: ItemNode, runners: readonly RunnerNode[]): Uri {
  const target = targetOf(node);
  const runner = runners.find(({ runnerId }) => runnerId === target.runnerId);
  const names = [
    ...(runner === undefined ? [] : [runnerName(runner)]),
    ...(node.kind === 'integration' ? [hostText(node)] : []),
  ];
  const identity =
    target.kind === 'runner'
      ? [target.kind, target.runnerId]
      : [target.kind, target.runnerId, target.id, target.scmId, target.host];
  const path = `/${[node.kind, ...names].map(fileName).join('/')}.json`;
  return Uri.from({ scheme: DOCUMENT_SCHEME, path, query: JSON.stringify(identity) });
}

/** What a document is about; undefined where its address was not made here. */
export function documentTarget({ query }: Uri): DetailsTarget | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(query);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) {
    return undefined;
  }
  const [kind, runnerId, id, scmId, host] = parts;
  if (runnerId === undefined) {
    return undefined;
  }
  if (kind === 'runner') {
    return { kind, runnerId };
  }
  return kind === 'integration' && id !== undefined && scmId !== undefined && host !== undefined
    ? { kind, runnerId, id, scmId, host }
    : undefined;
}

/** One segment of a path, without what a file name cannot have on some system. */
function fileName(text: string): string {
  const name = plainLine(text, 80).replace(/[\\/:*?"<>|#%]/g, '_');
  return /^\.*$/.test(name) ? `_${name}` : name;
}
