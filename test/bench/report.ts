/** A figure of ours beside that of a peer from the same run, all with their units. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly peer?: string;
  /** Ours against the peer's. */
  readonly compared?: string;
  readonly promise?: Promised;
}

export interface Promised {
  readonly text: string;
  readonly met: boolean;
}

export interface Section {
  readonly title: string;
  /** Who the peer is. */
  readonly peer: string;
  readonly rows: readonly Row[];
  /** What the figures stand on. */
  readonly notes?: readonly string[];
}

/** The sections as one table of plain text. */
export function report(sections: readonly Section[]): string {
  const lines = sections.map((section) => ({
    head: [section.title, 'ours', section.peer, 'compared', 'promise'],
    body: section.rows.map(cells),
    notes: section.notes ?? [],
  }));
  const all = lines.flatMap(({ head, body }) => [head, ...body]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return lines
    .map(({ head, body, notes }) => [line(head), rule, ...body.map(line), ...notes].join('\n'))
    .join('\n\n');
}

function cells({ what, ours, peer = '', compared = '', promise }: Row): string[] {
  const verdict = promise && `${promise.text}  ${promise.met ? 'met' : 'NOT met'}`;
  return [`  ${what}`, ours, peer, compared, verdict ?? ''];
}
