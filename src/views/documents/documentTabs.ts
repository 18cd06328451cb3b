import { commands, type Tab, type TabGroup, TabInputText, TabInputTextDiff, type Uri, window } from 'vscode';
import { DOCUMENT_SCHEME } from '../../names.ts';

/**
 * Reopens documents at other addresses, because a tab shows the end of its address.
 *
 * @param rename returns the new address; undefined to leave the document as it is
 */
export async function renameTabs(rename: (uri: Uri) => Uri | undefined): Promise<void> {
  for (const { tab, group, uri } of documentTabs()) {
    const renamed = rename(uri);
    if (renamed === undefined) {
      continue;
    }
    try {
      await commands.executeCommand('vscode.open', renamed, {
        viewColumn: group.viewColumn,
        preview: tab.isPreview,
        preserveFocus: true,
        background: !tab.isActive,
      });
      await window.tabGroups.close(tab, true);
    } catch {
      // The tab is closed already: by the user, or because the new one took the place of a preview.
    }
  }
}

/** Closes comparisons of documents, because their titles contain the names of both. */
export async function closeComparisons(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const comparisons = tabs.filter(
    ({ input }) => input instanceof TabInputTextDiff && input.original.scheme === DOCUMENT_SCHEME,
  );
  await window.tabGroups.close(comparisons, true);
}

function documentTabs(): { readonly tab: Tab; readonly group: TabGroup; readonly uri: Uri }[] {
  return window.tabGroups.all.flatMap((group) =>
    group.tabs.flatMap((tab) =>
      tab.input instanceof TabInputText && tab.input.uri.scheme === DOCUMENT_SCHEME
        ? [{ tab, group, uri: tab.input.uri }]
        : [],
    ),
  );
}
