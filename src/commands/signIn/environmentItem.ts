import { l10n, type QuickPickItem, ThemeIcon } from 'vscode';
import { unusableCharacterText } from '../../words/characters.ts';
import type { SignInContext } from './signInStep.ts';

/** The item for the environment's key, which says why the key cannot be used; undefined if there is no key. */
export function environmentItem(
  { environment }: Pick<SignInContext, 'environment'>,
  description = '',
): QuickPickItem | undefined {
  const key = environment.key();
  const unusable = environment.unusableKey();
  return (
    key && {
      iconPath: new ThemeIcon(unusable === undefined ? 'terminal' : 'warning'),
      label: l10n.t('Use {0} from the Environment', key.variable),
      description: unusable === undefined ? description : l10n.t('cannot be used'),
      ...(unusable && { detail: unusableCharacterText(unusable.character) }),
    }
  );
}
