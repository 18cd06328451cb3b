import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import { unusableCharacterText } from '../../words/characters.ts';
import { hostOfKey } from './hostOfKey.ts';
import type { SignInContext } from './signInStep.ts';

/** The item for the environment's key, which says where it is sent or why it cannot be; undefined if there is no key. */
export function environmentItem(context: SignInContext): QuickPickItem | undefined {
  const { session, environment } = context;
  const key = environment.key();
  if (key === undefined) {
    return undefined;
  }
  const label = l10n.t('Use {0} from the Environment', key.variable);
  const unusable = environment.unusableKey();
  if (unusable !== undefined) {
    return {
      iconPath: new ThemeIcon('warning'),
      label,
      description: l10n.t('cannot be used'),
      detail: unusableCharacterText(unusable.character),
    };
  }
  const address = session.address();
  const host = address.kind === 'address' ? hostOfKey(context, address.apiUrl) : {};
  return { iconPath: new ThemeIcon('terminal'), label, ...host };
}
