import { l10n, Uri } from 'vscode';
import { DOCUMENT_SCHEME } from '../../names.ts';

/** Cannot be the key of an item. */
const QUERY = 'changes';

/** The address of the document of what has changed. Its path is what the tab shows. */
export function changesUri(): Uri {
  return Uri.from({ scheme: DOCUMENT_SCHEME, path: `/${l10n.t('Changes')}.txt`, query: QUERY });
}

/** Whether an address is that of what has changed. */
export function isChangesUri({ query }: Pick<Uri, 'query'>): boolean {
  return query === QUERY;
}
