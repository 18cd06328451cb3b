import { parseUrl } from '../../base/parseUrl.ts';
import * as l10n from '@vscode/l10n';
import type { SchemaProvider } from '../../api/runnerSchema.ts';
import type { DetailsRow, DetailsValue } from './protocol.ts';
import { code, link, plain, row } from './rows.ts';

/**
 * What somebody needs who configures a provider, as its runner describes it.
 *
 * @param name begins the keys of the rows
 */
export function setupRows({ oauth, pat }: SchemaProvider, name: string): DetailsRow[] {
  const token = [
    ...(pat === undefined || pat.description === '' ? [] : [plain(pat.description)]),
    ...(pat === undefined || pat.docsUrl === '' ? [] : [pageValue(pat.docsUrl)]),
  ];
  return [
    ...(oauth === undefined || oauth.callbackUrl === ''
      ? []
      : [
          row(
            `${name}-callback-url`,
            l10n.t('OAuth callback URL'),
            [code(oauth.callbackUrl)],
            l10n.t('Copy OAuth Callback URL'),
          ),
        ]),
    ...(token.length === 0
      ? []
      : [{ ...row(`${name}-token`, l10n.t('Token requirements'), token), lines: true }]),
  ];
}

/** A link only to an https address, all of which is shown. One with a user can look like that of another host. */
function pageValue(address: string): DetailsValue {
  const url = parseUrl(address);
  return url?.protocol === 'https:' && url.username + url.password === ''
    ? link(url.href.replace('https://', ''), url.href)
    : plain(address);
}
