/** An integration that Terraform can import. */
export interface ImportableIntegration {
  readonly id: string;
  readonly runnerName: string;
  readonly host: string;
}

/** So many signs of a name tell integrations apart; nobody types more. */
const MAX_NAME_LENGTH = 80;

/** One `import` block of HCL for each, as `terraform fmt` would write them; every name stands once. */
export function terraformImport(integrations: readonly ImportableIntegration[]): string {
  const names = new Set<string>();
  const blocks = integrations.map(({ id, runnerName, host }) => {
    const name = uniqueName(identifier(`${runnerName} ${host}`), names);
    return `import {\n  to = ona_scm_integration.${name}\n  id = "${escaped(id)}"\n}\n`;
  });
  return blocks.join('\n');
}

function uniqueName(name: string, names: Set<string>): string {
  let unique = name;
  for (let ordinal = 2; names.has(unique); ordinal++) {
    unique = `${name}_${ordinal}`;
  }
  names.add(unique);
  return unique;
}

/** A name of ASCII letters, digits and underscores that begins with a letter. */
function identifier(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .slice(0, MAX_NAME_LENGTH)
    .replace(/^_+|_+$/g, '');
  return /^[a-z]/.test(words) ? words : `scm_${words}`.replace(/_$/, '');
}

/** The inside of a quoted template of HCL: nothing in it is evaluated. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex
      .replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (sign) =>
        sign === '"' || sign === '\\' ? `\\${sign}` : unicode(sign),
      )
      // Of `$${` and its like only the last two may remain signs: doubled, they are those two literally.
      .replace(
        /([$%]*)([$%])\{/g,
        (_, before: string, sign: string) => `${before.replace(/./g, unicode)}${sign}${sign}{`,
      )
  );
}

function unicode(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
