import * as l10n from '@vscode/l10n';
import type { UnusableCharacter } from '../account/apiKeyFormat.ts';
import type { UnusableKey } from '../account/environment.ts';

/** What is wrong with an API key and what to do. Contains nothing of the key but the code point of that character. */
export function unusableCharacterText({ position, code }: UnusableCharacter): string {
  const codePoint = parseInt(code.slice(2), 16);
  if ([0x0a, 0x0d, 0x85, 0x2028, 0x2029].includes(codePoint)) {
    return l10n.t(
      'The API key contains a line break after character {0}. Copy it again in one piece.',
      position - 1,
    );
  }
  const name = nameOf(codePoint);
  // A mark is seen as a part of the character before it.
  const seenAt = isMark(codePoint) ? Math.max(1, position - 1) : position;
  return name === undefined
    ? l10n.t('Character {0} of the API key is {1}. Remove it, or copy the key again.', seenAt, code)
    : l10n.t(
        'Character {0} of the API key is {1} ({2}). Remove it, or copy the key again.',
        seenAt,
        code,
        name,
      );
}

/** Why the environment's API key is not used. */
export function unusableKeyText({ variable, character }: UnusableKey): string {
  return l10n.t('The API key in {0} cannot be used. {1}', variable, unusableCharacterText(character));
}

/** Whether a character is drawn onto the one before it. */
function isMark(codePoint: number): boolean {
  return /^(?!\p{Default_Ignorable_Code_Point})\p{M}$/u.test(String.fromCodePoint(codePoint));
}

/** The usual name of a character that gets into a key when it is copied; undefined for others. */
function nameOf(codePoint: number): string | undefined {
  switch (codePoint) {
    case 0x09:
      return l10n.t('tab');
    case 0x20:
      return l10n.t('space');
    case 0xa0:
      return l10n.t('no-break space');
    case 0xad:
      return l10n.t('soft hyphen');
    case 0x200b:
      return l10n.t('zero-width space');
    case 0x200c:
      return l10n.t('zero-width non-joiner');
    case 0x200d:
      return l10n.t('zero-width joiner');
    case 0x2060:
      return l10n.t('word joiner');
    case 0x2022:
    case 0x25cf:
      return l10n.t('bullet, as in a hidden key');
    case 0x2026:
      return l10n.t('ellipsis, as in a shortened key');
    case 0xfeff:
      return l10n.t('byte order mark');
  }
  if (isMark(codePoint)) {
    return l10n.t('accent or another mark on a letter');
  }
  const character = String.fromCodePoint(codePoint);
  const kinds: readonly (readonly [RegExp, () => string])[] = [
    [/\p{Bidi_Control}/u, () => l10n.t('text direction mark')],
    [/\p{Variation_Selector}/u, () => l10n.t('variation selector')],
    [/[\u{e0000}-\u{e007f}]/u, () => l10n.t('tag character')],
    [/\p{White_Space}/u, () => l10n.t('a kind of space')],
    [/\p{Cc}/u, () => l10n.t('control character')],
    [/\p{Default_Ignorable_Code_Point}|\p{Cf}|\u2800/u, () => l10n.t('invisible character')],
    [/\p{Pi}|\p{Pf}/u, () => l10n.t('typographic quotation mark')],
    [/\p{Pd}/u, () => l10n.t('dash')],
  ];
  return kinds.find(([pattern]) => pattern.test(character))?.[1]();
}
