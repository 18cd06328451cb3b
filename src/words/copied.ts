import * as l10n from '@vscode/l10n';

/** Why a copied text is not exactly the value. */
export function replacedCharactersText(): string {
  return l10n.t(
    'Characters that are not safe to paste, such as line breaks, were replaced. For the exact value, use "{0}".',
    l10n.t('Copy as JSON'),
  );
}

/** Why a value was not copied. */
export function nothingSafeText(): string {
  return l10n.t(
    'No character of the value is safe to paste, so nothing was copied. For the exact value, use "{0}".',
    l10n.t('Copy as JSON'),
  );
}

/** Why only the beginning of a value was copied. */
export function cutValueText(): string {
  return l10n.t(
    'The value is too long, so only its beginning was copied. For all of it, use "{0}".',
    l10n.t('Copy as JSON'),
  );
}
