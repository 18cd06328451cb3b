import * as l10n from '@vscode/l10n';
import { plainLine } from '../base/plainLine.ts';
import { type HostOddity, unusualSpelling } from '../inventory/unusualSpelling.ts';
import { listText } from './numbersAndDates.ts';

/**
 * Why tools that compare texts may not recognize a host.
 *
 * @returns undefined if nothing is unusual about it
 */
export function spellingText(host: string): string | undefined {
  const spelling = unusualSpelling(host);
  return (
    spelling &&
    l10n.t(
      'Unusual spelling ({0}). The usual one is {1}; other tools may compare hosts exactly.',
      listText(spelling.oddities.map(oddityText)),
      plainLine(spelling.usual),
    )
  );
}

function oddityText(oddity: HostOddity): string {
  switch (oddity) {
    case 'spaces':
      return l10n.t('extra spaces');
    case 'scheme':
      return l10n.t('scheme');
    case 'port':
      return l10n.t('default port');
    case 'dot':
      return l10n.t('dot at the end');
    case 'slash':
      return l10n.t('extra slash');
    case 'characters':
      return l10n.t('unusual characters');
  }
}
