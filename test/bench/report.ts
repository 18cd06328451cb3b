import type { Promised } from './promises.ts';

/** Figures of one thing, with units, in the order of the section's columns. */
export interface Row {
  readonly what: string;
  readonly cells: readonly string[];
}

export interface Section {
  readonly title: string;
  /** Those measured. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly promises?: readonly Promised[];
  /** The figures' conditions. */
  readonly notes?: readonly string[];
}

/** The sections as a plain-text table, each followed by its promises, and all broken promises at the end. */
export function report(sections: readonly Section[]): string {
  return [...sections.map(sectionText), summary(sections)].join('\n\n');
}

function sectionText({ title, columns, rows, promises = [], notes = [] }: Section): string {
  const head = ['', ...columns];
  const body = rows.map(({ what, cells }) => [`  ${what}`, ...cells]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [
    title,
    line(head),
    rule,
    ...body.map(line),
    ...promises.map(promiseLine),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}

function promiseLine({ text, measured, met }: Promised): string {
  return `  ${met ? 'met    ' : 'NOT met'}  ${text}: ${measured}`;
}

function summary(sections: readonly Section[]): string {
  const all = sections.flatMap(({ title, promises = [] }) => promises.map((promise) => ({ title, promise })));
  const broken = all.filter(({ promise }) => !promise.met);
  return [
    `Promises: ${all.length - broken.length} met, ${broken.length} NOT met`,
    ...broken.map(({ title, promise }) => `${promiseLine(promise)}  (${title})`),
  ].join('\n');
}
