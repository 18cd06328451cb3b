/** JSON as text, which can hold more than a JavaScript value: repeated names, huge numbers, invalid JSON. */
export type Json = null | boolean | number | string | Raw | Members | readonly Json[];

/** Written to the text as is. */
export interface Raw {
  readonly raw: string;
}

/** An object: its members in order, including `__proto__`, names may repeat. */
export interface Members {
  readonly members: readonly (readonly [string, Json])[];
}

/** How strings are written: as short as possible, with `\/`, or entirely in `\u` escapes. */
export type Spelling = 'plain' | 'slashes' | 'escaped';

export function objectOf(fields: Readonly<Record<string, Json | undefined>>): Members {
  return {
    members: Object.entries(fields).filter((member): member is [string, Json] => member[1] !== undefined),
  };
}

export function toText(json: Json, spelling: Spelling): string {
  if (typeof json === 'string') {
    return spell(json, spelling);
  }
  if (typeof json !== 'object' || json === null) {
    return JSON.stringify(json);
  }
  if ('raw' in json) {
    return json.raw;
  }
  return 'members' in json
    ? `{${json.members.map(([name, value]) => `${spell(name, spelling)}:${toText(value, spelling)}`).join()}}`
    : `[${json.map((item) => toText(item, spelling)).join()}]`;
}

function spell(text: string, spelling: Spelling): string {
  switch (spelling) {
    case 'plain':
      return JSON.stringify(text);
    case 'slashes':
      return JSON.stringify(text).replaceAll('/', '\\/');
    case 'escaped':
      return `"${text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
  }
}

/** The number of values in these roots, including themselves. */
export function countOf(roots: readonly Json[]): number {
  return roots.reduce<number>((count, root) => count + 1 + countOf(childrenOf(root)), 0);
}

function childrenOf(json: Json): readonly Json[] {
  if (typeof json !== 'object' || json === null || 'raw' in json) {
    return [];
  }
  return 'members' in json ? json.members.map(([, value]) => value) : json;
}

/**
 * The roots with the value at `index`, counted from the outside in, replaced by zero or more values; several in an
 * object all get its name.
 */
export function replaceAt(
  roots: readonly Json[],
  index: number,
  change: (value: Json) => readonly Json[],
): readonly Json[] {
  let visited = 0;
  const visit = (json: Json): readonly Json[] => {
    if (visited++ === index) {
      return change(json);
    }
    if (typeof json !== 'object' || json === null || 'raw' in json) {
      return [json];
    }
    return 'members' in json
      ? [
          {
            members: json.members.flatMap(([name, value]) =>
              visit(value).map((each) => [name, each] as const),
            ),
          },
        ]
      : [json.flatMap(visit)];
  };
  return roots.flatMap(visit);
}
