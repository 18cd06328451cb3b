/** An integration that Terraform can import. */
export interface ImportableIntegration {
  readonly id: string;
  readonly runnerName: string;
  readonly host: string;
}

/** Enough characters to tell integrations apart; nobody types more. */
const MAX_NAME_LENGTH = 80;

/** One HCL `import` block per integration, formatted as by `terraform fmt`. Every name is unique. */
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

/** Escapes text for the inside of a quoted HCL template, so that nothing in it is evaluated. */
function escaped(text: string): string {
  return (
    text
      .toWellFormed()
      // eslint-disable-next-line no-control-regex
      .replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (char) =>
        char === '"' || char === '\\' ? `\\${char}` : unicode(char),
      )
      // `$${` is a literal `${`, and `%%{` a literal `%{`. More `$` or `%` in front could change that: encode them.
      .replace(
        /([$%]*)([$%])\{/g,
        (_, before: string, char: string) => `${before.replace(/./g, unicode)}${char}${char}{`,
      )
  );
}

function unicode(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
