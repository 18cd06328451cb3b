import type { Uri } from 'vscode';
import { findItem, type RunnerEntry } from '../../inventory/groups.ts';
import { parseRefKey } from '../../inventory/itemRef.ts';
import { closeComparisons, renameTabs } from './documentTabs.ts';
import { documentUri, isNameless, namelessUri } from './documentUri.ts';

/** After a sign-out, the titles of the tabs must not contain names either. */
export async function clearTitles(): Promise<void> {
  await closeComparisons();
  await renameTabs(namelessUri);
}

/** After a sign-in, the titles contain names again, if the items are known. */
export async function nameTitles(runners: () => readonly RunnerEntry[]): Promise<void> {
  await renameTabs((uri) => named(uri, runners()));
}

/** The address with names for a document that has none, if its item is known. */
function named(uri: Uri, runners: readonly RunnerEntry[]): Uri | undefined {
  const ref = isNameless(uri) ? parseRefKey(uri.query) : undefined;
  const entry = ref && findItem(runners, ref);
  return entry && documentUri(entry, runners);
}
