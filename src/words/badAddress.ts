import * as l10n from '@vscode/l10n';
import type { BadAddress } from '../account/sessionState.ts';
import { withoutLinks } from '../base/text.ts';
import { SETTINGS } from '../names.ts';
import { addressProblemText } from './addressProblemText.ts';

/** What is wrong with the API address that the setting or the environment sets. */
export function badAddressText({ address, problem, variable }: BadAddress): string {
  const source = variable ?? `${SETTINGS}.apiUrl`;
  return l10n.t('{0} is set to "{1}". {2}', source, withoutLinks(address), addressProblemText(problem));
}
