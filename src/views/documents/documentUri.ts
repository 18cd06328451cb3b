import { Uri } from 'vscode';
import { plainLine } from '../../base/plainLine.ts';
import { findRunner, type ItemEntry, type RunnerEntry } from '../../inventory/groups.ts';
import { parseRefKey, refKey } from '../../inventory/itemRef.ts';
import { hostText } from '../../words/integrations.ts';
import { runnerName } from '../../words/runners.ts';
import { DOCUMENT_SCHEME } from '../../names.ts';

/** The address of the document of a runner or an integration. The path is for people, the query identifies the item. */
export function documentUri(entry: ItemEntry, runners: readonly RunnerEntry[]): Uri {
  const runner = findRunner(runners, entry.ref.runnerId);
  const names = [
    ...(runner === undefined ? [] : [runnerName(runner)]),
    ...(entry.kind === 'integration' ? [hostText(entry)] : []),
  ];
  const path = `/${[entry.kind, ...names].map(fileName).join('/')}.json`;
  return Uri.from({ scheme: DOCUMENT_SCHEME, path, query: refKey(entry.ref) });
}

/**
 * The address of the same document without names in its path, which is what a tab shows; undefined if it has none. The
 * query still identifies the item, so that the document can be filled again after a sign-in.
 */
export function namelessUri(uri: Uri): Uri | undefined {
  const ref = parseRefKey(uri.query);
  return ref === undefined || isNameless(uri) ? undefined : uri.with({ path: `/${ref.kind}.json` });
}

export function isNameless({ path }: Uri): boolean {
  return path.lastIndexOf('/') === 0;
}

/** A path segment without characters that a file name cannot contain on some system. */
function fileName(text: string): string {
  const name = plainLine(text, 80).replace(/[\\/:*?"<>|#%]/g, '_');
  return /^\.*$/.test(name) ? `_${name}` : name;
}
