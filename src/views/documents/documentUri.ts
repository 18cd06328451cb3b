import { Uri } from 'vscode';
import { plainLine } from '../../base/plainLine.ts';
import { findRunner, type ItemEntry, type RunnerEntry } from '../../inventory/groups.ts';
import { refKey } from '../../inventory/itemRef.ts';
import { hostText } from '../../words/integrations.ts';
import { runnerName } from '../../words/runners.ts';
import { DOCUMENT_SCHEME } from '../../names.ts';

/** The document of a runner or an integration: the path is for people, the query says what it is about. */
export function documentUri(entry: ItemEntry, runners: readonly RunnerEntry[]): Uri {
  const runner = findRunner(runners, entry.ref.runnerId);
  const names = [
    ...(runner === undefined ? [] : [runnerName(runner)]),
    ...(entry.kind === 'integration' ? [hostText(entry)] : []),
  ];
  const path = `/${[entry.kind, ...names].map(fileName).join('/')}.json`;
  return Uri.from({ scheme: DOCUMENT_SCHEME, path, query: refKey(entry.ref) });
}

/** One segment of a path, without what a file name cannot have on some system. */
function fileName(text: string): string {
  const name = plainLine(text, 80).replace(/[\\/:*?"<>|#%]/g, '_');
  return /^\.*$/.test(name) ? `_${name}` : name;
}
