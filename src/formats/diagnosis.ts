/** A line of Markdown without its bullet, in which all text from elsewhere is styled as code, and the lines under it. */
export interface DiagnosisLine {
  readonly text: string;
  readonly lines?: readonly DiagnosisLine[];
}

/** A list, with a heading unless it continues the one before it. */
export interface DiagnosisList {
  readonly heading?: string;
  readonly lines: readonly DiagnosisLine[];
}

/** What is said about some items. It is left out as a whole if there is no room for it. */
export interface DiagnosisBlock {
  /** Called only if there is room. */
  readonly describe: () => DiagnosisList;
  /** How many items it describes. */
  readonly runners: number;
  readonly integrations: number;
}

export interface Diagnosis extends Required<DiagnosisList> {
  /** The most important first. */
  readonly blocks: readonly DiagnosisBlock[];
}

/** In UTF-16 units, so that it fits into an issue on GitHub, which takes 65,536. */
export const MAX_DIAGNOSIS_LENGTH = 60_000;

/**
 * A diagnosis as Markdown. If there is too much, what is less important is left out.
 *
 * @param leftOut says how much was left out
 */
export function diagnosisText(
  { heading, lines, blocks }: Diagnosis,
  leftOut: (count: { readonly runners: number; readonly integrations: number }) => string,
): string {
  let text = `## ${heading}\n\n${listText(lines)}`;
  const omitted = { runners: 0, integrations: 0 };
  let isFull = false;
  for (const { describe, runners, integrations } of blocks) {
    const part: string = isFull ? '' : blockText(describe());
    isFull ||= text.length + part.length > MAX_DIAGNOSIS_LENGTH;
    if (isFull) {
      omitted.runners += runners;
      omitted.integrations += integrations;
    } else {
      text += part;
    }
  }
  return isFull ? `${text}\n${leftOut(omitted)}\n` : text;
}

function blockText({ heading, lines }: DiagnosisList): string {
  return `${heading === undefined ? '' : `\n### ${heading}\n\n`}${listText(lines)}`;
}

function listText(lines: readonly DiagnosisLine[], indent = ''): string {
  return lines
    .map(({ text, lines: under = [] }) => `${indent}- ${text}\n${listText(under, `${indent}  `)}`)
    .join('');
}
