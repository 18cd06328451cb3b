const NON_ASCII = /[\u0080-\uffff]/;

/**
 * Accents of Latin, Greek and Cyrillic letters, and the variation selectors of emoji. Marks of other scripts make another
 * letter, as in か and が.
 */
const ACCENTS = /[\u0300-\u036f\ufe00-\ufe0f]/g;

export function isAscii(text: string): boolean {
  return !NON_ASCII.test(text);
}

/** Folded texts that are not ASCII. Every keystroke in a filter folds the same ones. */
const folded = new Map<string, string>();
const MAX_FOLDED = 20_000;

/**
 * Text for comparing what a person typed with what is there: without case and accents, as VS Code compares in the
 * Command Palette. So "zurich" finds "Zürich", and "lodz" does not find "Łódź", because "ł" is a letter of its own, like
 * "ø" and "ß". In addition, it makes no difference whether an accent is a character of its own (as in file names on
 * macOS), or whether letters are fullwidth (as Japanese keyboards type them).
 */
export function foldText(text: string): string {
  if (isAscii(text)) {
    return text.toLowerCase();
  }
  let result = folded.get(text);
  if (result === undefined) {
    if (folded.size >= MAX_FOLDED) {
      folded.clear();
    }
    folded.set(text, (result = fold(text)));
  }
  return result;
}

function fold(text: string): string {
  const base = text.normalize('NFKD').replace(ACCENTS, '').normalize('NFC');
  // A sigma at the end of a word has another lowercase form.
  return base.toLowerCase().replaceAll('ς', 'σ');
}

/** Folded text that knows which part of the original each part of it comes from. */
export interface FoldedText {
  readonly text: string;
  /** The range of the original, in UTF-16 units, whose characters a range of `text` comes from. */
  readonly originalRange: (start: number, end: number) => [start: number, end: number];
}

/** Created on demand, because most texts are ASCII. */
let segmenter: Intl.Segmenter | undefined;

/** Like `foldText`, for text in which matches are highlighted. */
export function foldWithPositions(text: string): FoldedText {
  if (isAscii(text)) {
    return { text: text.toLowerCase(), originalRange: (start, end) => [start, end] };
  }
  segmenter ??= new Intl.Segmenter();
  let whole = '';
  /** By position in `whole`, the character it comes from. */
  const origins: { readonly index: number; readonly segment: string }[] = [];
  // How a character is folded hardly ever depends on the ones around it, because it includes its marks.
  for (const { index, segment } of segmenter.segment(text)) {
    const part = fold(segment);
    whole += part;
    origins.push(...Array.from({ length: part.length }, () => ({ index, segment })));
  }
  const expected = foldText(text);
  if (whole !== expected) {
    // Without its accent, a character has joined the next one: a Hangul letter that nobody types accents on.
    return { text: expected, originalRange: () => [0, text.length] };
  }
  return {
    text: whole,
    originalRange: (start, end) => {
      const last = origins[end - 1];
      return [origins[start]?.index ?? 0, last === undefined ? 0 : last.index + last.segment.length];
    },
  };
}
